using FsCheck;
using FsCheck.Fluent;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Tests.Reference;

namespace Pellucid.Graphs.Tests.Differentiation;

/// <summary>Broadcasting undone, over random shapes: the gradient of a broadcast operand is the sum over its copies.</summary>
public class SumToTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20240601UL, 17UL);

    /// <summary>Two shapes of rank up to 4 that broadcast: some axes of either set to 1, some leading axes left out.</summary>
    private static Arbitrary<(long[] A, long[] B)> Shapes
    {
        get
        {
            Gen<long[]> common = Gen.Choose(0, 4).SelectMany(rank => Gen.Choose(1, 3).Select(d => (long)d).ArrayOf(rank));
            Gen<(long[] A, long[] B)> pairs =
                from shape in common
                from a in Operand(shape)
                from b in Operand(shape)
                select (a, b);
            return pairs.ToArbitrary();
        }
    }

    [Fact]
    public void Gradients_of_a_product_sum_over_the_copies() => Check.One(Config, Prop.ForAll(Shapes, pair =>
    {
        var g = new GraphBuilder("product");
        g.Output("y", g.Mul(g.Input("a", TensorType.Float(pair.A)), g.Input("b", TensorType.Float(pair.B))));
        Graph graph = g.Build().Differentiate("y", ["a", "b"]);
        Tensor a = Vjp.Random(pair.A, 1), b = Vjp.Random(pair.B, 2);
        long[] shape = Tensor.Common(a, b);
        Tensor dy = Vjp.Random(shape, 3);
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["a"] = a, ["b"] = b, ["cotangent.y"] = dy };
        IReadOnlyDictionary<string, Tensor> results = Interpreter.Run(graph, inputs);
        Vjp.AssertClose(SumOverCopies(dy, b, a), results["grad.a"], 1e-12, "da");
        Vjp.AssertClose(SumOverCopies(dy, a, b), results["grad.b"], 1e-12, "db");
    }));

    [Fact]
    public void Gradient_of_expand_sums_over_the_copies() => Check.One(Config, Prop.ForAll(Shapes, pair =>
    {
        var g = new GraphBuilder("expand");
        g.Output("y", g.Expand(g.Input("a", TensorType.Float(pair.A)), pair.B));
        Graph graph = g.Build().Differentiate("y", ["a"]);
        Tensor a = Vjp.Random(pair.A, 1), ones = Tensor.Zeros(ElementType.Float64, pair.B).Map(_ => 1);
        Tensor dy = Vjp.Random(Tensor.Common(a, ones), 3);
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["a"] = a, ["cotangent.y"] = dy };
        Vjp.AssertClose(SumOverCopies(dy, ones, a), Interpreter.Run(graph, inputs)["grad.a"], 1e-12, "da");
    }));

    private static Gen<long[]> Operand(long[] common) =>
        from dropped in Gen.Choose(0, common.Length)
        from kept in Gen.Elements(true, false).ArrayOf(common.Length)
        select common.Select((d, i) => kept[i] ? d : 1).Skip(dropped).ToArray();

    /// <summary>Element by element: every element of dy times the other operand goes to the element of the operand it came from.</summary>
    private static Tensor SumOverCopies(Tensor dy, Tensor other, Tensor operand)
    {
        Tensor sum = Tensor.Zeros(ElementType.Float64, operand.Shape), factor = other.BroadcastTo(dy.Shape);
        int extra = dy.Rank - operand.Rank;
        foreach (long[] index in Tensor.Indices(dy.Shape))
        {
            long[] source = [.. operand.Shape.Select((d, i) => d == 1 ? 0 : index[i + extra])];
            sum[source] += dy[index] * factor[index];
        }

        return sum;
    }
}
