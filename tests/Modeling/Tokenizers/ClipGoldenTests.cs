using System.Text.Json;
using Pellucid.Abstractions.Texts;
using Pellucid.Modeling.Tokenizers;

namespace Pellucid.Modeling.Tests.Tokenizers;

/// <summary>Every case of the CLIP tables. OpenAI's vocabulary is not in the repository: where it is not found, the same texts run over the tiny one.</summary>
public sealed class ClipGoldenTests
{
    private static readonly string TinyFolder = Path.Combine(TokenizerGoldens.Folder, "clip-bpe-tiny");

    private static readonly Lazy<ITokenizer> Tiny = new(() => TokenizerLoader.FromFolder(TinyFolder, contextLength: 32));

    private static readonly Lazy<ITokenizer> OpenAi = new(() => TokenizerGoldens.OpenAiVocabulary is { } path
        ? TokenizerLoader.FromFolder(path)
        : ClipTokenizer.FromOpenAi(Path.Combine(TinyFolder, "merges.txt"), contextLength: 32));

    public static TheoryData<int> TinyCases => TokenizerGoldens.Indices("clip-bpe-tiny");

    public static TheoryData<int> FullCases => TokenizerGoldens.Indices("clip-bpe");

    [Theory]
    [MemberData(nameof(TinyCases))]
    public void TinyVocabularyGivesTheIdsOfHuggingFace(int index)
    {
        JsonElement golden = TokenizerGoldens.Cases("clip-bpe-tiny")[index];
        TokenizedText result = Tiny.Value.Tokenize(TokenizerGoldens.Text(golden));
        Assert.Equal(TokenizerGoldens.Ids(golden), result.Ids.Take(result.Length));
        string[] tokens = TokenizerGoldens.Tokens(golden);
        Assert.Equal(tokens.Length + 2, result.UntruncatedLength);
        Assert.Equal(tokens.Take(30), result.Tokens.Skip(1).SkipLast(1).Select(t => t.Text));
        TokenizedTextAssert.IsConsistent(result, Tiny.Value);
    }

    [Theory]
    [MemberData(nameof(FullCases))]
    public void OpenAiRulesGiveTheIdsOfOpenAi(int index)
    {
        bool full = TokenizerGoldens.OpenAiVocabulary is not null;
        JsonElement golden = TokenizerGoldens.Cases("clip-bpe")[index];
        JsonElement expected = full ? golden : TokenizerGoldens.Cases("clip-bpe-tiny")[index];
        Assert.Equal(TokenizerGoldens.Text(golden), TokenizerGoldens.Text(expected));
        TokenizedText result = OpenAi.Value.Tokenize(TokenizerGoldens.Text(golden));
        Assert.Equal(TokenizerGoldens.Ids(expected), result.Ids.Take(result.Length));
        if (full) Assert.Equal(golden.GetProperty("untruncated_length").GetInt32(), result.UntruncatedLength);
        TokenizedTextAssert.IsConsistent(result, OpenAi.Value);
    }

    [Fact]
    public void OpenAiVocabularyHasThePublishedSize()
    {
        int expected = TokenizerGoldens.OpenAiVocabulary is null ? 512 + 700 + 2 : 49408;
        Assert.Equal(expected, OpenAi.Value.VocabularySize);
        Assert.Equal(expected - 2, OpenAi.Value.StartId);
        Assert.Equal(expected - 1, OpenAi.Value.EndId);
        Assert.Equal(0, OpenAi.Value.PadId);
    }
}
