using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Tests.Reference;

namespace Pellucid.Graphs.Tests.Differentiation;

/// <summary>Another gradient for an existing operator, as docs/how-to/add-a-gradient-rule.md shows it.</summary>
public class ReplacedRuleTests
{
    [Fact]
    public void Guided_backpropagation_lets_only_positive_gradients_through_active_units()
    {
        var g = new GraphBuilder("guided");
        Value active = g.Emit("Relu", [g.Input("x", TensorType.Float(4))]);
        g.Output("y", g.Mul(active, g.Constant(HostTensor.Of(new[] { 2f, -3f, 5f, -7f }, 4))));
        Graph graph = g.Build();

        GradientRules guided = GradientRules.Standard.With("Relu", s =>
        {
            Value positive = s.G.Emit("Relu", [s.Dy]);
            s.AddExact(0, s.G.Mul(positive, s.G.Emit("Sign", [s.Output()])));
        });
        Graph differentiated = graph.Differentiate("y", ["x"], CotangentSeed.Ones, guided);

        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Float([4], [1, 1, -1, -1]) };
        Assert.Equal([2, 0, 0, 0], Interpreter.Run(differentiated, inputs)["grad.x"].Data);
        Assert.Equal([2, -3, 0, 0], Interpreter.Run(graph.Differentiate("y", ["x"], CotangentSeed.Ones), inputs)["grad.x"].Data);
    }
}
