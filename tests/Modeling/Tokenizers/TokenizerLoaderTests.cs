using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Modeling.Tokenizers;

namespace Pellucid.Modeling.Tests.Tokenizers;

/// <summary>Recognizing folders, and what happens with incomplete, corrupt and hostile ones.</summary>
public sealed class TokenizerLoaderTests : IDisposable
{
    private static readonly string TinyFolder = Path.Combine(TokenizerGoldens.Folder, "clip-bpe-tiny");

    private readonly string _folder = Directory.CreateTempSubdirectory("pellucid-tokenizers").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EmptyFolderListsWhatWasLookedFor()
    {
        string message = Refused();
        foreach (string name in new[] { "vocab.json", "merges.txt", "vocab.txt", "tokenizer.json", "bpe_simple_vocab_16e6.txt", "--tokenizer" })
            Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains("no tokenizer folder", Assert.Throws<PellucidException>(() => TokenizerLoader.FromFolder(Path.Combine(_folder, "none"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HalfATokenizerNamesTheMissingHalf()
    {
        Write("vocab.json", "{}");
        Assert.Contains("merges.txt is missing", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not sound JSON")]
    [InlineData("{\"a\": ", "not sound JSON")]
    [InlineData("[1]", "JSON object")]
    [InlineData("{}", "empty")]
    [InlineData("{\"a\": 0, \"b\": 0}", "same id 0")]
    [InlineData("{\"a\": 0, \"a\": 1}", "occurs twice")]
    [InlineData("{\"a\": -1}", "id -1")]
    [InlineData("{\"a\": 2000000000}", "2000000000")]
    [InlineData("{\"a\": 1.5}", "not an integer")]
    [InlineData("{\"a\": \"x\"}", "not an integer")]
    [InlineData("{\"\\uD800\": 1}", "Unicode")]
    [InlineData("{\"a\": 0, \"b\": 1, \"ab\": 2}", "<|endoftext|>")]
    public void BadVocabularies(string json, string expected)
    {
        Write("vocab.json", json);
        Write("merges.txt", "#version: 0.2\na b\n");
        Assert.Contains(expected, Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no merges")]
    [InlineData("#version: 0.2\na\n", "line 2")]
    [InlineData("#version: 0.2\na b\na  b\n", "line 3")]
    [InlineData("#version: 0.2\na b\n\nb a\n", "line 3")]
    [InlineData("#version: 0.2\na b\na b\n", "occurs twice")]
    [InlineData("#version: 0.2\na z\n", "\"z\"")]
    [InlineData("#version: 0.2\nb a\n", "\"ba\"")]
    public void BadMerges(string merges, string expected)
    {
        Write("vocab.json", "{\"a\": 0, \"b\": 1, \"ab\": 2, \"<|startoftext|>\": 3, \"<|endoftext|>\": 4}");
        Write("merges.txt", merges);
        Assert.Contains(expected, Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void InvalidUtf8AndBadGzipAreRefused()
    {
        Write("vocab.json", "{\"a\": 0}");
        File.WriteAllBytes(Path.Combine(_folder, "merges.txt"), [(byte)'x', (byte)'\n', 0xFF, 0xFE]);
        Assert.Contains("UTF-8", Refused(), StringComparison.Ordinal);
        string gz = Path.Combine(_folder, "bpe_simple_vocab_16e6.txt.gz");
        File.WriteAllBytes(gz, [0x1F, 0x8B, 8, 0, 1, 2, 3]);
        Assert.Contains("gzip", Assert.Throws<PellucidException>(() => TokenizerLoader.FromFolder(gz)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GzipBombsAreStopped()
    {
        string gz = Path.Combine(_folder, "bpe_simple_vocab_16e6.txt.gz");
        using (var zip = new GZipStream(File.Create(gz), CompressionLevel.Fastest))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 80; i++) zip.Write(zeros);
        }

        Assert.Contains("64 MB", Assert.Throws<PellucidException>(() => TokenizerLoader.FromFolder(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"tokenizer_class\": \"RobertaTokenizer\"}", "RobertaTokenizer")]
    [InlineData("{\"model_max_length\": 2}", "context length of 2")]
    [InlineData("{\"model_max_length\": \"long\"}", "model_max_length")]
    [InlineData("{\"bos_token\": 7}", "bos_token")]
    [InlineData("{\"bos_token\": \"<s>\"}", "start token \"<s>\"")]
    public void BadSettings(string settings, string expected)
    {
        CopyTiny();
        Write("tokenizer_config.json", settings);
        Assert.Contains(expected, Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsAreFollowed()
    {
        CopyTiny();
        Write("tokenizer_config.json", "{\"model_max_length\": 1000000000000000019884624838656, \"pad_token\": \"!\"}");
        ITokenizer tokenizer = TokenizerLoader.FromFolder(_folder);
        Assert.Equal((77, 0L), (tokenizer.ContextLength, tokenizer.PadId));
        Assert.Equal(16, TokenizerLoader.FromFolder(_folder, contextLength: 16).Tokenize("x").Ids.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SingleFileFormOfClipGivesTheSameIds(bool mergesAsPairs)
    {
        IEnumerable<JsonNode> merges = File.ReadLines(Path.Combine(TinyFolder, "merges.txt")).Skip(1)
            .Select(m => mergesAsPairs ? (JsonNode)new JsonArray([.. m.Split(' ').Select(p => (JsonNode)p)]) : m);
        var root = new JsonObject
        {
            ["added_tokens"] = new JsonArray(Added("<|startoftext|>", 1212), Added("<|endoftext|>", 1213)),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["end_of_word_suffix"] = "</w>",
                ["vocab"] = JsonNode.Parse(File.ReadAllText(Path.Combine(TinyFolder, "vocab.json"))),
                ["merges"] = new JsonArray([.. merges]),
            },
        };
        Write("tokenizer.json", root.ToJsonString());
        ITokenizer tokenizer = TokenizerLoader.FromFolder(_folder, contextLength: 32);
        ITokenizer expected = TokenizerLoader.FromFolder(TinyFolder, contextLength: 32);
        Assert.Equal("clip-bpe/huggingface-fast", tokenizer.Kind);
        foreach (JsonElement golden in TokenizerGoldens.Cases("clip-bpe-tiny").Take(15))
        {
            string text = TokenizerGoldens.Text(golden);
            Assert.Equal(expected.Tokenize(text).Ids, tokenizer.Tokenize(text).Ids);
        }
    }

    [Fact]
    public void SingleFileFormOfBertGivesTheSameIds()
    {
        string folder = Path.Combine(TokenizerGoldens.Folder, "bert-uncased");
        var vocabulary = new JsonObject();
        foreach ((string token, int id) in File.ReadLines(Path.Combine(folder, "vocab.txt")).Select((t, i) => (t, i))) vocabulary[token] = id;
        var root = new JsonObject
        {
            ["normalizer"] = new JsonObject { ["type"] = "BertNormalizer", ["lowercase"] = true, ["strip_accents"] = null, ["handle_chinese_chars"] = true },
            ["model"] = new JsonObject { ["type"] = "WordPiece", ["vocab"] = vocabulary },
        };
        Write("tokenizer.json", root.ToJsonString());
        ITokenizer tokenizer = TokenizerLoader.FromFolder(_folder, contextLength: 32);
        foreach (JsonElement golden in TokenizerGoldens.Cases("bert-uncased"))
        {
            TokenizedText result = tokenizer.Tokenize(TokenizerGoldens.Text(golden));
            Assert.Equal(TokenizerGoldens.Ids(golden), result.Ids.Take(result.Length));
        }
    }

    [Theory]
    [InlineData("{}", "no \"model\"")]
    [InlineData("{\"model\": {\"type\": \"Unigram\"}}", "Unigram")]
    [InlineData("{\"model\": {\"type\": \"BPE\"}}", "end_of_word_suffix")]
    [InlineData("{\"model\": {\"type\": \"BPE\", \"end_of_word_suffix\": \"</w>\", \"vocab\": {\"a\": 0}, \"merges\": [5]}}", "merge 0")]
    [InlineData("{\"model\": {\"type\": \"WordPiece\", \"vocab\": {}}}", "BertNormalizer")]
    [InlineData("{\"added_tokens\": [{}], \"model\": {\"type\": \"BPE\", \"end_of_word_suffix\": \"</w>\", \"vocab\": {\"a\": 0}, \"merges\": []}}", "added_tokens")]
    public void BadSingleFiles(string json, string expected)
    {
        Write("tokenizer.json", json);
        Assert.Contains(expected, Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void WordPieceNeedsItsSpecialTokens()
    {
        Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\na\n");
        Assert.Contains("[SEP]", Refused(), StringComparison.Ordinal);
        Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n##b\n");
        Write("added_tokens.json", "{\"[ENC]\": 6}");
        ITokenizer tokenizer = TokenizerLoader.FromFolder(_folder, contextLength: 8);
        Assert.Equal([2, 4, 5, 6, 1, 3, 0, 0], tokenizer.Tokenize("AB[ENC]c").Ids);
        Assert.Equal("ab [ENC] [UNK]", tokenizer.Decode(tokenizer.Tokenize("ab [ENC] c").Ids));
        Assert.Equal((7, 8), (tokenizer.VocabularySize, tokenizer.ContextLength));
    }

    private static JsonObject Added(string token, int id) => new() { ["id"] = id, ["content"] = token, ["special"] = true };

    private string Refused() => Assert.Throws<PellucidException>(() => TokenizerLoader.FromFolder(_folder)).Message;

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content, new UTF8Encoding(false));

    private void CopyTiny()
    {
        foreach (string name in new[] { "vocab.json", "merges.txt" }) File.Copy(Path.Combine(TinyFolder, name), Path.Combine(_folder, name), overwrite: true);
    }
}
