using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Tests.Differentiation;

/// <summary>What cannot be differentiated is refused with names and a way out; nothing becomes a silent zero.</summary>
public class RefusalTests
{
    [Fact]
    public void An_operator_without_a_rule_is_named_with_its_node_and_the_way_out()
    {
        string message = Refusal((g, x) => Named(g, "Mish", "encoder/mish_7", x));
        Assert.Contains("encoder/mish_7", message, StringComparison.Ordinal);
        Assert.Contains("operator Mish", message, StringComparison.Ordinal);
        Assert.Contains("GradientRules.With(\"Mish\", ...)", message, StringComparison.Ordinal);
        Assert.Contains("needs no gradients", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_added_by_the_caller_is_used()
    {
        GradientRules rules = GradientRules.Standard.With("Mish", s => s.AddExact(0, s.Dy));
        Graph graph = Single((g, x) => Named(g, "Mish", "m", x)).Differentiate("y", ["x"], rules: rules);
        Assert.Equal("cotangent.y", graph.Find("grad.x").Name);
        Assert.DoesNotContain("Mish", GradientRules.Standard.Operators);
    }

    [Fact]
    public void A_kernel_has_no_gradient_and_the_message_says_what_has()
    {
        string message = Refusal((g, x) => g.EmitMany("Conv", [g.Constant(HostTensor.Of(new float[16], 1, 1, 4, 4)), g.Reshape(x, 1, 1, 2, 2)], 1, name: "stem")[0]);
        Assert.Contains("'stem' (Conv)", message, StringComparison.Ordinal);
        Assert.Contains("not by kernel or bias", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Floor")]
    [InlineData("Sign")]
    public void A_step_as_the_only_path_is_an_error(string op) =>
        Assert.Contains("goes through an operator that passes no gradient", Refusal((g, x) => g.Emit(op, [x])), StringComparison.Ordinal);

    [Fact]
    public void An_index_as_the_only_path_is_an_error() =>
        Assert.Contains("passes no gradient", Refusal((g, x) => g.Cast(g.Emit("ArgMax", [x]), ElementType.Float32)), StringComparison.Ordinal);

    [Fact]
    public void Values_that_do_not_meet_are_an_error()
    {
        var g = new GraphBuilder("two");
        Value a = g.Input("a", TensorType.Float(2)), b = g.Input("b", TensorType.Float(2));
        g.Output("y", g.Exp(a));
        g.Output("z", g.Exp(b));
        Assert.Contains("does not depend on 'b'", Assert.Throws<GraphException>(() => g.Build().Differentiate("y", ["b"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_lists_the_nearest()
    {
        Graph graph = Single((g, x) => g.Exp(x));
        Assert.Contains("'xx'", Assert.Throws<GraphException>(() => graph.Differentiate("y", ["xx"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Integers_have_no_gradient()
    {
        var g = new GraphBuilder("ids");
        Value ids = g.Input("ids", TensorType.Int64(-1, 3));
        g.Output("y", g.Gather(g.Weight("table", new InlineWeight(HostTensor.Of(new float[8], 4, 2))), ids, 0));
        Assert.Contains("only floating-point values have gradients", Assert.Throws<GraphException>(() => g.Build().Differentiate("y", ["ids"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cotangent_that_a_rule_overlooks_is_an_error()
    {
        GradientRules careless = GradientRules.Standard.With("Split", s => s.AddExact(0, s.G.Concat(0, s.Dy, s.Dy)));
        Graph graph = Single((g, x) => g.EmitMany("Split", [x, g.Int64s(2, 2)], 2) is var parts ? g.Mul(parts[0], parts[1]) : x);
        Assert.Contains("does not handle a gradient that arrives at its output", Assert.Throws<GraphException>(() => graph.Differentiate("y", ["x"], rules: careless)).Message, StringComparison.Ordinal);
    }

    private static string Refusal(Func<GraphBuilder, Value, Value> f)
    {
        Graph graph = Single(f);
        return Assert.Throws<GraphException>(() => graph.Differentiate("y", ["x"])).Message;
    }

    private static Graph Single(Func<GraphBuilder, Value, Value> f)
    {
        var g = new GraphBuilder("single");
        g.Output("y", f(g, g.Input("x", TensorType.Float(4))));
        return g.Build();
    }

    private static Value Named(GraphBuilder g, string op, string name, Value x) => g.EmitMany(op, [x], 1, name: name)[0];
}
