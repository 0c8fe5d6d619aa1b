using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Pellucid.Host.Options;

namespace Pellucid.Host.Tests.Options;

/// <summary>The grammar of explainers with options.</summary>
public sealed class SpecParserTests
{
    /// <summary>The same draws in every run.</summary>
    private static Config Fixed => Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20261121, 17), FSharpOption<int>.None)));

    [Theory]
    [InlineData("grad-eclip", "grad-eclip")]
    [InlineData("grad-eclip()", "grad-eclip")]
    [InlineData(" grad-eclip ( layers = 2 , similarity = cosine , ) ", "grad-eclip(layers=2, similarity=cosine)")]
    [InlineData("noise-tunnel(inner=saliency(abs=false), samples=10)", "noise-tunnel(inner=saliency(abs=false), samples=10)")]
    [InlineData("occlusion(window=[8,8])", "occlusion(window=[8, 8])")]
    [InlineData("a(b=[[1],[],x(y=z)])", "a(b=[[1], [], x(y=z)])")]
    [InlineData("a(t='it''')", null)]
    [InlineData("a(t=\"two words\", u='one')", "a(t=\"two words\", u=one)")]
    [InlineData("a(t=\"\\u0041\\n\\\"\\\\\")", "a(t=\"A\\n\\\"\\\\\")")]
    [InlineData("a(n=-1.5e-3)", "a(n=-1.5e-3)")]
    public void ReadsAndWrites(string text, string? canonical)
    {
        if (canonical is null) Assert.Throws<SpecException>(() => SpecParser.Parse(text));
        else Assert.Equal(canonical, SpecWriter.Write(SpecParser.Parse(text)));
    }

    [Theory]
    [InlineData("", 0, "expected the id of an explainer, but the text ends")]
    [InlineData("a(", 2, "expected the name of an option, but the text ends")]
    [InlineData("a(b)", 3, "expected '=' after 'b', found ')'")]
    [InlineData("a(b=)", 4, "expected a value, found ')'")]
    [InlineData("a(b=1 c=2)", 6, "expected ',' or ')', found 'c'")]
    [InlineData("a(b=[1 2])", 7, "expected ',' or ']', found '2'")]
    [InlineData("a(b=1))", 6, "expected the end, found ')'")]
    [InlineData("a(b=\"x)", 4, "this text has no closing quote")]
    [InlineData("a(b=\"\\q\")", 5, "after a backslash")]
    [InlineData("(a)", 0, "expected the id of an explainer, found '('")]
    public void SaysWhatIsWrongAndWhere(string text, int position, string problem)
    {
        SpecException fault = Assert.Throws<SpecException>(() => SpecParser.Parse(text));
        Assert.StartsWith(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Equal(position, fault.Position);
        string[] lines = fault.Message.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(position + 2, lines[2].IndexOf('^', StringComparison.Ordinal));
    }

    [Fact]
    public void LongTextsAndDeepNestingAreRefused()
    {
        Assert.Contains("nesting is deeper", Assert.Throws<SpecException>(() => SpecParser.Parse("a(b=" + new string('[', 5000))).Problem, StringComparison.Ordinal);
        SpecException fault = Assert.Throws<SpecException>(() => SpecParser.Parse(new string('a', 1 << 20)));
        Assert.Contains("16384 characters at most", fault.Problem, StringComparison.Ordinal);
        Assert.True(fault.Message.Length < 500);
    }

    [Fact]
    public void WhatIsWrittenIsReadAgain() => Check.One(Fixed, Prop.ForAll(Arb.From(Calls(3)), call =>
    {
        string text = SpecWriter.Write(call);
        return SpecWriter.Write(SpecParser.Parse(text)) == text && Same(SpecParser.Parse(text), call);
    }));

    [Fact]
    public void NoTextBreaksTheParser() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Gen.Elements("a(b=[c,'\"\\u12x=)] \0\n\uD800é".ToCharArray()).ArrayOf().Select(c => new string(c))), text =>
    {
        try
        {
            SpecCall call = SpecParser.Parse(text);
            return Same(SpecParser.Parse(SpecWriter.Write(call)), call);
        }
        catch (SpecException fault)
        {
            return fault.Position <= text.Length;
        }
    }));

    private static Gen<SpecWord> Words =>
        from letters in Gen.Elements("abcXYZ019-._+/:é".ToCharArray()).NonEmptyListOf()
        select new SpecWord(string.Concat(letters), 0, 0);

    private static Gen<SpecCall> Calls(int depth) =>
        from name in Words
        from names in Words.ListOf()
        from values in Values(depth - 1).ListOf(names.Count)
        select new SpecCall(name, [.. names.Zip(values, (n, v) => new SpecArgument(n, v))], 0, 0);

    private static Gen<SpecValue> Values(int depth)
    {
        Gen<SpecValue> word = Words.Select(w => (SpecValue)w);
        Gen<SpecValue> text = ArbMap.Default.GeneratorFor<string>().Select(t => (SpecValue)new SpecText(t ?? string.Empty, 0, 0));
        if (depth <= 0) return Gen.OneOf(word, text);
        Gen<SpecValue> list = Values(depth - 1).ListOf().Resize(4).Select(v => (SpecValue)new SpecList([.. v], 0, 0));
        return Gen.OneOf(word, text, list, Calls(depth).Resize(4).Select(c => (SpecValue)c));
    }

    /// <summary>Equal but for places; a call without options is the same as a word, and a text of one word is that word.</summary>
    private static bool Same(SpecValue a, SpecValue b) => (Plain(a), Plain(b)) switch
    {
        (string x, string y) => x == y,
        (SpecList x, SpecList y) => x.Items.Count == y.Items.Count && x.Items.Zip(y.Items).All(p => Same(p.First, p.Second)),
        (SpecCall x, SpecCall y) => x.Name.Text == y.Name.Text && x.Arguments.Count == y.Arguments.Count
            && x.Arguments.Zip(y.Arguments).All(p => p.First.Name.Text == p.Second.Name.Text && Same(p.First.Value, p.Second.Value)),
        _ => false,
    };

    private static object Plain(SpecValue value) => value switch
    {
        SpecWord word => word.Text,
        SpecText text => text.Text,
        SpecCall { Arguments.Count: 0 } call => call.Name.Text,
        _ => value,
    };
}
