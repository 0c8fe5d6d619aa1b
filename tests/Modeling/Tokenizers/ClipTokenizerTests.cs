using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Modeling.Tokenizers;

namespace Pellucid.Modeling.Tests.Tokenizers;

public sealed class ClipTokenizerTests
{
    private static readonly string TinyFolder = Path.Combine(TokenizerGoldens.Folder, "clip-bpe-tiny");

    private static readonly ClipTokenizer Tiny = ClipTokenizer.FromHuggingFace(TinyFolder, contextLength: 32);

    private static readonly ClipTokenizer TinyOpenAi = ClipTokenizer.FromOpenAi(Path.Combine(TinyFolder, "merges.txt"), contextLength: 32);

    [Theory]
    [InlineData("A photo of a red circle.", "a|photo|of|a|red|circle|.")]
    [InlineData("X-ray, 100.50 mg: don't (HbA1c)", "x|-|ray|,|100|.|50|mg|:|don't|(|hba1c|)")]
    [InlineData("हिन्दी नस", "हिन्दी|नस")]
    [InlineData("café 😀!", "café|😀!")]
    [InlineData("", "")]
    public void WordsAreThoseAPersonReads(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Tiny.Tokenize(text).Words.Select(w => w.Text)));

    [Fact]
    public void SpansLeadBackToTheText()
    {
        TokenizedText result = Tiny.Tokenize("  Naïve\tcafé  😀");
        Assert.Equal("naïve café 😀", result.Text);
        Assert.Equal(["na", "ï", "ï", "ve"], result.Tokens.Skip(1).Take(4).Select(t => result.Text.Substring(t.Start, t.Length)));
        Assert.All(result.Tokens.SkipLast(1).TakeLast(2), t => Assert.Equal("😀", result.Text.Substring(t.Start, t.Length)));
        Assert.Equal([true, false], new[] { result.Tokens[0].IsSpecial, result.Tokens[1].IsSpecial });
    }

    [Fact]
    public void TruncationKeepsTheFirstTokensAndSaysSo()
    {
        TokenizedText result = Tiny.Tokenize(string.Join(' ', Enumerable.Repeat("lung", 40)));
        Assert.True(result.Truncated);
        Assert.Equal(32, result.Length);
        Assert.Equal(Tiny.EndId, result.Ids[31]);
        Assert.Equal(result.UntruncatedLength, Tiny.Tokenize("lung").Tokens.Count + (39 * (Tiny.Tokenize("lung").Tokens.Count - 2)));
    }

    [Fact]
    public void WrittenOutSpecialTokensFollowTheReferences()
    {
        long[] both = [Tiny.StartId, Tiny.StartId, .. Tiny.Tokenize("hello").Ids.Skip(1).TakeWhile(id => id != Tiny.EndId), Tiny.EndId, Tiny.EndId];
        Assert.Equal(both, Tiny.Tokenize("<|startoftext|> hello <|endoftext|>").Ids.Take(both.Length));
        Assert.Equal(both, TinyOpenAi.Tokenize("<|STARTOFTEXT|> hello <|endoftext|>").Ids.Take(both.Length));
        // Glued to punctuation, only Hugging Face's splitter sees them.
        Assert.Contains(Tiny.EndId, Tiny.Tokenize("!<|endoftext|>").Ids.Take(3));
        Assert.DoesNotContain(TinyOpenAi.EndId, TinyOpenAi.Tokenize("!<|endoftext|>").Ids.Take(3));
    }

    [Fact]
    public void RulesDifferWhereTheReferencesDo()
    {
        Assert.Equal("a<b & c", TinyOpenAi.Tokenize("a<b &amp; c").Text);
        Assert.Equal("a<b &amp; c", Tiny.Tokenize("a<b &amp; c").Text);
        ClipTokenizer fast = ClipTokenizer.FromHuggingFace(TinyFolder, 32, ClipTextRules.HuggingFaceFast);
        Assert.Equal("it’s é &amp;", fast.Tokenize("It’s  E\u0301 &amp;").Text);
        Assert.Equal("όσος όσος", Tiny.Tokenize("ΌΣΟΣ ΌΣΟΣ").Text);
    }

    [Fact]
    public void DecodingGivesTheTextBack()
    {
        Assert.Equal("naïve café , 日本 ! 😀", Tiny.Decode(Tiny.Tokenize("Naïve café, 日本! 😀").Ids));
        Assert.Equal("", Tiny.Decode(Tiny.Tokenize("").Ids));
        Assert.Throws<PellucidException>(() => Tiny.Decode([Tiny.StartId, Tiny.VocabularySize]));
        Assert.Throws<PellucidException>(() => Tiny.Decode([-1]));
    }

    [Fact]
    public void MergingEqualsTheDefinition()
    {
        Dictionary<(string, string), int> ranks = File.ReadLines(Path.Combine(TinyFolder, "merges.txt")).Skip(1)
            .Select((line, rank) => (line.Split(' '), rank)).ToDictionary(x => (x.Item1[0], x.Item1[1]), x => x.rank);
        var random = new Random(3);
        for (int i = 0; i < 3000; i++)
        {
            string word = new([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => "theranigosl"[random.Next(11)])]);
            IEnumerable<string> tokens = Tiny.Tokenize(word).Tokens.Skip(1).SkipLast(1).Select(t => t.Text);
            Assert.Equal(ByDefinition(word, ranks), tokens);
        }
    }

    [Fact]
    public void HashTellsVocabulariesAndSettingsApart()
    {
        Assert.Equal(Tiny.ContentHash, ClipTokenizer.FromHuggingFace(TinyFolder, contextLength: 32).ContentHash);
        Assert.Matches("^[0-9a-f]{64}$", Tiny.ContentHash);
        string[] hashes =
        [
            Tiny.ContentHash,
            TinyOpenAi.ContentHash,
            ClipTokenizer.FromHuggingFace(TinyFolder, contextLength: 33).ContentHash,
            ClipTokenizer.FromHuggingFace(TinyFolder, 32, ClipTextRules.OpenAi).ContentHash,
            TokenizerLoader.FromFolder(TokenizerGoldens.EmbeddedModel).ContentHash,
        ];
        Assert.Equal(hashes.Length, hashes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void ManyThreadsGetTheSameIds()
    {
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => $"object number {i} of the scene")];
        long[][] expected = [.. texts.Select(t => Tiny.Tokenize(t).Ids.ToArray())];
        ClipTokenizer fresh = ClipTokenizer.FromHuggingFace(TinyFolder, contextLength: 32);
        long[][] actual = new long[texts.Length][];
        Parallel.For(0, texts.Length, i => actual[i] = [.. fresh.Tokenize(texts[i]).Ids]);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void EmbeddedModelKnowsItsOwnWords()
    {
        ITokenizer tokenizer = TokenizerLoader.FromFolder(TokenizerGoldens.EmbeddedModel);
        TokenizedText result = tokenizer.Tokenize("a red circle");
        Assert.Equal((32, 772, 770L, 771L, 771L), (tokenizer.ContextLength, tokenizer.VocabularySize, tokenizer.StartId, tokenizer.EndId, tokenizer.PadId));
        Assert.Equal(["a", "red", "circle"], result.Words.Select(w => w.Text));
        TokenizedTextAssert.IsConsistent(result, tokenizer);
    }

    [Theory]
    [InlineData("\uD83D lone \uDE00")]
    [InlineData("\u0345\u0345 \u200D \uFFFF \uFDD0")]
    public void OddCharactersAreTokenizedConsistently(string text)
    {
        TokenizedTextAssert.IsConsistent(Tiny.Tokenize(text), Tiny);
        TokenizedTextAssert.IsConsistent(TinyOpenAi.Tokenize(text), TinyOpenAi);
    }

    [Fact]
    public void EnormousTextsAreRefusedAndLargeOnesQuick()
    {
        Assert.Contains("100000", Assert.Throws<PellucidException>(() => Tiny.Tokenize(new string('a', 100_001))).Message, StringComparison.Ordinal);
        foreach (string unit in new[] { "a", "Ã©", "Σ", "\u0301", "&amp;" })
        {
            string text = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length));
            Assert.True(Tiny.Tokenize(text).Truncated);
        }
    }

    private static List<string> ByDefinition(string word, Dictionary<(string, string), int> ranks)
    {
        List<string> symbols = [.. word[..^1].Select(c => c.ToString()), word[^1] + "</w>"];
        while (symbols.Count > 1)
        {
            (string, string) best = Enumerable.Range(0, symbols.Count - 1).Select(i => (symbols[i], symbols[i + 1])).MinBy(p => ranks.GetValueOrDefault(p, int.MaxValue));
            if (!ranks.ContainsKey(best)) break;
            for (int i = 0; i < symbols.Count - 1; i++)
            {
                if ((symbols[i], symbols[i + 1]) != best) continue;
                symbols[i] += symbols[i + 1];
                symbols.RemoveAt(i + 1);
            }
        }

        return symbols;
    }
}
