using Pellucid.Modeling.Tokenizers;

namespace Pellucid.Modeling.Tests.Tokenizers;

/// <summary>The clean-up that stands in for ftfy, step by step; expected values follow ftfy 6.1's documentation and Python's <c>html</c> and <c>unicodedata</c>.</summary>
public sealed class TextCleanupTests
{
    [Theory]
    [InlineData("plain text stays: <b>bold</b> 5 > 3", "plain text stays: <b>bold</b> 5 > 3")]
    [InlineData("schön “mojibake” cafÃ©", "schön \"mojibake\" café")]
    [InlineData("â€œquotedâ€\u009D and itâ€™s", "\"quoted\" and it's")]
    [InlineData("Ð¿Ñ€Ð¸Ð²ÐµÑ‚ Ð°", "привет а")]
    [InlineData("ðŸ˜€ emoji", "😀 emoji")]
    [InlineData("doubly cafÃƒÂ©", "doubly café")]
    [InlineData("not such a fan of Charlotte Brontë…”", "not such a fan of Charlotte Brontë…\"")]
    [InlineData("CAFÉ™ «Spaß»", "CAFÉ™ «Spaß»")]
    [InlineData("naïve café résumé Zürich Straße", "naïve café résumé Zürich Straße")]
    [InlineData("ellipsis\u0085", "ellipsis…")]
    [InlineData("ﬁ ﬂ ﬀ ﬆ Ĳ ŉ Ǆ", "fi fl ff st IJ 'n DŽ")]
    [InlineData("\u3000ＡＢＣ１２３！ｶﾞ", " ABC123!ガ")]
    [InlineData("‘a’ ‚b‛ ʼ “c” „d‟", "'a' 'b' ' \"c\" \"d\"")]
    [InlineData("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne")]
    [InlineData("\u001b[36;44mblue\u001b[0m", "blue")]
    [InlineData("a\0b\u0007c\u007Fd\uFEFFe\uFFFCf", "abcdef")]
    [InlineData("e\u0301 \u1100\u1161\u11A8 q\u0323\u0307", "é 각 q\u0323\u0307")]
    [InlineData("Tom &amp; &EACUTE;&eacute; &#233; &#xe9; &notaname; &amp", "Tom & Éé é é &notaname; &amp")]
    [InlineData("<i>Tom</i> &amp; Jerry", "<i>Tom</i> &amp; Jerry")]
    [InlineData("a &lt; b\nc &amp; d", "a < b\nc & d")]
    [InlineData("a < b\nc &amp; d", "a < b\nc &amp; d")]
    public void Fix(string text, string expected) => Assert.Equal(expected, TextCleanup.Fix(text));

    [Fact]
    public void LoneSurrogatesBecomeReplacementCharacters() =>
        Assert.Equal("a\uFFFDb\uFFFD 😀", TextCleanup.Fix("a\uD83Db\uDE00 \uD83D\uDE00"));

    [Theory]
    [InlineData("<b> &amp;amp; &notit; &copy2 &#x80;&#1;&#xD800;&#99999999999;", "<b> & ¬it; ©2 €\uFFFD\uFFFD")]
    [InlineData("&nbsp;non&nbsp;breaking&nbsp;", "non breaking")]
    [InlineData("  many \t\r\n  spaces\u00A0", "many spaces")]
    [InlineData("& &; &# &#x; &#;", "& &; &# &#x; &#;")]
    public void FixAndUnescape(string text, string expected) => Assert.Equal(expected, TextCleanup.FixAndUnescape(text));

    [Fact]
    public void DeeplyEscapedTextIsBounded()
    {
        string text = "&" + string.Concat(Enumerable.Repeat("amp;", 20_000));
        Assert.StartsWith("&amp;", TextCleanup.Fix(text), StringComparison.Ordinal);
    }

    [Fact]
    public void FixIsIdempotentOnRandomText()
    {
        var random = new Random(17);
        const string Alphabet = "aÃ©â€™&;#<xé…”ðŸ\u0301\u1100\u1161 \r\n\uFF21\uD83D\uDE00ﬁ";
        for (int i = 0; i < 2000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(20)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            string cleaned = TextCleanup.Fix(text);
            Assert.Equal(cleaned, TextCleanup.Fix(cleaned));
        }
    }
}
