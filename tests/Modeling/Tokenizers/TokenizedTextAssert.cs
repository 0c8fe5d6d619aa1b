using Pellucid.Abstractions.Texts;

namespace Pellucid.Modeling.Tests.Tokenizers;

/// <summary>What holds for every tokenized text, whatever the tokenizer.</summary>
internal static class TokenizedTextAssert
{
    public static void IsConsistent(TokenizedText result, ITokenizer tokenizer)
    {
        Assert.Equal(tokenizer.ContextLength, result.Ids.Count);
        Assert.Equal(result.Length, result.Tokens.Count);
        Assert.All(result.Ids.Skip(result.Length), id => Assert.Equal(tokenizer.PadId, id));
        Assert.Equal(tokenizer.StartId, result.Ids[0]);
        Assert.Equal(tokenizer.EndId, result.Ids[result.Length - 1]);
        Assert.Equal(result.UntruncatedLength > tokenizer.ContextLength, result.Truncated);
        Assert.Equal(Math.Min(result.UntruncatedLength, tokenizer.ContextLength), result.Length);
        int reached = 0;
        for (int i = 0; i < result.Length; i++)
        {
            TextToken token = result.Tokens[i];
            Assert.Equal(result.Ids[i], token.Id);
            Assert.Equal(i, token.Position);
            Assert.InRange(token.Start, 0, result.Text.Length);
            Assert.InRange(token.Start + token.Length, token.Start, result.Text.Length);
            Assert.True(token.Start + token.Length >= reached, "spans go from left to right");
            reached = token.Start + token.Length;
        }

        // The words cover all tokens but the added start and end, in order and without gaps.
        int next = 1;
        foreach (TextWord word in result.Words)
        {
            Assert.Equal(next, word.FirstToken);
            Assert.True(word.TokenCount > 0);
            Assert.Equal(word.Text, word.Text.Trim());
            Assert.NotEmpty(word.Text);
            Assert.StartsWith(word.Text[..1], result.Text[result.Tokens[word.FirstToken].Start..], StringComparison.Ordinal);
            next += word.TokenCount;
        }

        Assert.Equal(result.Length - 1, next);
    }
}
