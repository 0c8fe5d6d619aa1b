using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Host.Explaining;

namespace Pellucid.Host.Tests.Experiments;

/// <summary>What a method says of its map's completeness is kept, and said to be no number where it is none.</summary>
public sealed class MethodNumbersTests
{
    [Fact]
    public void Both_deltas_are_kept_samples_by_their_mean()
    {
        MethodNumbers numbers = MethodNumbers.Of(Explanation(("convergence_delta", [1, 2, 6]), ("relevance_delta", [-0.5f]), ("layer", [9])));
        Assert.Equal([new("convergence_delta", 3d), new("relevance_delta", -0.5)], numbers.Values);
        Assert.Null(numbers.Warning);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void One_that_is_not_finite_is_said_to_be_so(float delta)
    {
        MethodNumbers numbers = MethodNumbers.Of(Explanation(("convergence_delta", [1, delta]), ("relevance_delta", [2])) with { Warning = "the tolerance was not reached" });
        Assert.Equal([new("relevance_delta", 2d)], numbers.Values);
        Assert.StartsWith("the tolerance was not reached; convergence_delta is not finite", numbers.Warning, StringComparison.Ordinal);
    }

    private static Explanation Explanation(params (string Name, float[] Values)[] details) => new()
    {
        Target = new EmbeddingDimensionTarget(0),
        Score = 1,
        ExplainedScore = 1,
        ExplainedFunction = "the served model",
        Details = details.ToDictionary(d => d.Name, d => HostTensor.Of(d.Values, d.Values.Length), StringComparer.Ordinal),
    };
}
