using System.Text.Json;
using Pellucid.Abstractions.Texts;
using Pellucid.Modeling.Tokenizers;

namespace Pellucid.Modeling.Tests.Tokenizers;

/// <summary>Every case of the BERT tables, and the cased vocabulary read with lower-casing, as Bio_ClinicalBERT's folder does.</summary>
public sealed class WordPieceGoldenTests
{
    private static readonly Dictionary<string, ITokenizer> Tokenizers = new(StringComparer.Ordinal)
    {
        ["bert-cased"] = TokenizerLoader.FromFolder(Path.Combine(TokenizerGoldens.Folder, "bert-cased")),
        ["bert-uncased"] = TokenizerLoader.FromFolder(Path.Combine(TokenizerGoldens.Folder, "bert-uncased")),
        ["lowered"] = WordPieceTokenizer.FromHuggingFace(Path.Combine(TokenizerGoldens.Folder, "bert-cased"), lowerCase: true),
    };

    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string table in new[] { "bert-cased", "bert-uncased" })
            {
                for (int i = 0; i < TokenizerGoldens.Cases(table).Count; i++) data.Add(table, i);
            }

            return data;
        }
    }

    public static TheoryData<int> CasedCases => TokenizerGoldens.Indices("bert-cased");

    [Theory]
    [MemberData(nameof(Cases))]
    public void IdsAndTokensAreTheReferences(string table, int index)
    {
        JsonElement golden = TokenizerGoldens.Cases(table)[index];
        TokenizedText result = Tokenizers[table].Tokenize(TokenizerGoldens.Text(golden));
        Assert.Equal(TokenizerGoldens.Ids(golden), result.Ids.Take(result.Length));
        string[] tokens = TokenizerGoldens.Tokens(golden);
        Assert.Equal(tokens.Length + 2, result.UntruncatedLength);
        Assert.Equal(tokens.Take(30), result.Tokens.Skip(1).SkipLast(1).Select(t => t.Text));
        TokenizedTextAssert.IsConsistent(result, Tokenizers[table]);
    }

    [Theory]
    [MemberData(nameof(CasedCases))]
    public void LowerCasingOverACasedVocabulary(int index)
    {
        JsonElement golden = TokenizerGoldens.Cases("bert-cased")[index];
        TokenizedText result = Tokenizers["lowered"].Tokenize(TokenizerGoldens.Text(golden));
        Assert.Equal(TokenizerGoldens.Ids(golden, "ids_cased_vocab_lowercased"), result.Ids.Take(result.Length));
        TokenizedTextAssert.IsConsistent(result, Tokenizers["lowered"]);
    }
}
