using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Tests.Differentiation.Cases;
using Pellucid.Graphs.Tests.Reference;

namespace Pellucid.Graphs.Tests.Differentiation;

public class GradientRuleTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void Every_rule_has_a_case() =>
        Assert.Empty(GradientRules.Standard.Operators.Except(GradientCases.All.Select(c => c.Operator)));

    [Fact]
    public void Every_case_tests_a_rule() =>
        Assert.Empty(GradientCases.All.Select(c => c.Operator).Except(GradientRules.Standard.Operators));

    [Theory]
    [MemberData(nameof(GradientCases.Names), MemberType = typeof(GradientCases))]
    public void Equals_finite_differences(string name)
    {
        GradientCase c = GradientCases.Get(name);
        foreach (long batch in new long[] { 1, 2 })
        {
            Check(c, batch, batch);
            if (c.DynamicBatch) Check(c, TensorShape.Dynamic, batch);
        }
    }

    [Theory]
    [MemberData(nameof(GradientCases.Names), MemberType = typeof(GradientCases))]
    public void Emits_the_same_for_one_wanted_input_as_for_all(string name)
    {
        GradientCase c = GradientCases.Get(name);
        Dictionary<string, Tensor> inputs = Vjp.Draw(c, 2);
        Tensor cotangent = Vjp.Random(Vjp.Forward(c, 2, inputs).Shape, 5);
        int[] wanted = Vjp.Wanted(c);
        IReadOnlyDictionary<string, Tensor> all = Vjp.Run(Vjp.Gradient(c, 2, t => t, wanted), inputs, cotangent);
        foreach (int i in wanted)
        {
            string key = "grad." + GradientCase.InputName(i);
            Vjp.AssertClose(all[key], Vjp.Run(Vjp.Gradient(c, 2, t => t, [i]), inputs, cotangent)[key], 1e-12, $"{name}: {key}");
        }
    }

    [Theory]
    [MemberData(nameof(GradientCases.Names), MemberType = typeof(GradientCases))]
    public void Stacked_cotangents_equal_separate_ones_or_are_refused(string name)
    {
        GradientCase c = GradientCases.Get(name);
        CheckStacked(c, 1);
        if (c.DynamicBatch) CheckStacked(c, TensorShape.Dynamic);
    }

    private static void Check(GradientCase c, long declaredBatch, long batch)
    {
        Dictionary<string, Tensor> inputs = Vjp.Draw(c, batch);
        Graph forward = c.Graph(declaredBatch).Build();
        Tensor cotangent = Vjp.Random(Interpreter.Run(forward, inputs)["y"].Shape, 2);
        Graph gradient = Vjp.Gradient(c, declaredBatch, t => t, Vjp.Wanted(c));
        IReadOnlyDictionary<string, Tensor> results = Vjp.Run(gradient, inputs, cotangent);
        foreach (int i in Vjp.Wanted(c))
        {
            string input = GradientCase.InputName(i);
            Tensor expected = Vjp.FiniteDifferences(forward, inputs, input, cotangent);
            Vjp.AssertClose(expected, results["grad." + input], Tolerance, $"{c.Name} (batch {declaredBatch} of {batch}): d{input}");
            AssertDeclaredShape(gradient.Find("grad." + input).Type, expected.Shape, c.Name);
        }
    }

    private static void AssertDeclaredShape(TensorType declared, long[] actual, string name)
    {
        Assert.True(declared.Shape is not null && declared.Shape.Rank == actual.Length, $"{name}: declared {declared}");
        for (int i = 0; i < actual.Length; i++) Assert.True(declared.Shape[i] is TensorShape.Dynamic || declared.Shape[i] == actual[i], $"{name}: declared {declared}, is [{string.Join(',', actual)}]");
    }

    private static void CheckStacked(GradientCase c, long declaredBatch)
    {
        const int K = 3;
        Dictionary<string, Tensor> inputs = Vjp.Draw(c, 1);
        Tensor[] cotangents = [.. Enumerable.Range(0, K).Select(k => Vjp.Random(Vjp.Forward(c, declaredBatch, inputs).Shape, 10 + k))];
        int[] batched = [.. Vjp.Wanted(c).Where(i => c.Inputs[i].Batched)];
        IReadOnlyDictionary<string, Tensor> together;
        try
        {
            together = Stacked(c, declaredBatch, inputs, cotangents, c.Stacks ? batched : Vjp.Wanted(c));
        }
        catch (Exception error) when (!c.Stacks && error is GraphException or InvalidOperationException or ArgumentException)
        {
            return;
        }

        Assert.True(c.Stacks || batched.Length > 0, $"{c.Name}: stacked cotangents by inputs without a batch went through");
        Graph one = Vjp.Gradient(c, declaredBatch, t => t, batched);
        for (int k = 0; k < K; k++)
        {
            IReadOnlyDictionary<string, Tensor> alone = Vjp.Run(one, inputs, cotangents[k]);
            foreach ((string key, Tensor expected) in alone)
            {
                if (key == "y") continue;
                Assert.Equal((long[])[K, .. expected.Shape[1..]], together[key].Shape);
                Tensor row = Tensor.Float(expected.Shape, together[key].Data[(k * expected.Length)..((k + 1) * expected.Length)]);
                Vjp.AssertClose(expected, row, 1e-12, $"{c.Name} (batch {declaredBatch}), cotangent {k}: {key}");
            }
        }
    }

    private static IReadOnlyDictionary<string, Tensor> Stacked(
        GradientCase c, long declaredBatch, IReadOnlyDictionary<string, Tensor> inputs, Tensor[] cotangents, int[] wanted)
    {
        Tensor first = cotangents[0];
        long[] shape = first.Rank == 0 ? [cotangents.Length] : [cotangents.Length * first.Shape[0], .. first.Shape[1..]];
        Tensor stack = Tensor.Float(shape, [.. cotangents.SelectMany(t => t.Data)]);
        Graph gradient = Vjp.Gradient(c, declaredBatch, t => t with { Shape = t.Shape!.Rank == 0 ? [TensorShape.Dynamic] : t.Shape.With(0, TensorShape.Dynamic) }, wanted);
        return Vjp.Run(gradient, inputs, stack);
    }
}
