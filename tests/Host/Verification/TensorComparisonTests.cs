using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;

namespace Pellucid.Host.Tests.Verification;

public sealed class TensorComparisonTests
{
    [Theory]
    [InlineData(100f, 100.009f, 0, CaseOutcome.Passed)]
    [InlineData(100f, 100.012f, 0, CaseOutcome.Failed)]
    [InlineData(100f, 100.012f, 1e-3, CaseOutcome.Passed)]
    [InlineData(100f, -100f, 0, CaseOutcome.Failed)]
    [InlineData(100f, float.NaN, 0, CaseOutcome.Failed)]
    [InlineData(100f, float.PositiveInfinity, 0, CaseOutcome.Failed)]
    [InlineData(float.NaN, float.NaN, 0, CaseOutcome.Failed)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, 0, CaseOutcome.Failed)]
    [InlineData(0f, 0f, 0, CaseOutcome.Passed)]
    [InlineData(0f, 1e-30f, 0, CaseOutcome.Failed)]
    public void The_tolerance_is_relative_to_the_largest_reference_plus_twenty_times_the_rounding(float reference, float ours, double float64, CaseOutcome expected) =>
        Assert.Equal(expected, Compare([reference], [ours], float64).Outcome);

    [Fact]
    public void A_small_element_has_the_tolerance_of_the_largest() =>
        Assert.Equal(CaseOutcome.Passed, Compare([100, 0.001f, float.NaN], [100, 0.009f, float.NaN], 0, "undefined here").Outcome);

    [Fact]
    public void The_worst_element_is_named()
    {
        CaseResult result = TensorComparison.Compare(
            "id", "method", HostTensor.Of([1f, 2, 3, 4], 2, 2), new Computed(HostTensor.Of([1f, 2.5f, 3.25f, 4], 2, 2)), 0);
        Assert.Equal(CaseOutcome.Failed, result.Outcome);
        Assert.Equal("[0, 1]: reference 2, ours 2.5", result.Where);
        Assert.Equal(0.5, result.Error!.Value, 6);
        Assert.Equal(4e-4, result.Tolerance, 9);
    }

    [Fact]
    public void Shapes_must_be_equal_but_for_axes_of_one()
    {
        Assert.Equal(CaseOutcome.Passed, TensorComparison.Compare("id", "m", HostTensor.Of([1f, 2], 1, 2), new Computed(HostTensor.Of([1f, 2], 2)), 0).Outcome);
        CaseResult result = TensorComparison.Compare("id", "m", HostTensor.Of([1f, 2, 3, 4], 2, 2), new Computed(HostTensor.Of([1f, 2, 3, 4], 4)), 0);
        Assert.Equal(CaseOutcome.Failed, result.Outcome);
        Assert.Contains("[2,2]", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_have_no_tolerance()
    {
        HostTensor reference = HostTensor.Of(new byte[] { 1, 2, 200 }, 3), other = HostTensor.Of(new byte[] { 1, 3, 205 }, 3);
        Assert.Equal(CaseOutcome.Passed, TensorComparison.CompareBytes("id", "m", reference, reference).Outcome);
        CaseResult result = TensorComparison.CompareBytes("id", "m", reference, other);
        Assert.Equal(CaseOutcome.Failed, result.Outcome);
        Assert.Equal(5, result.Error);
        Assert.Equal("first at [1]: reference 2, ours 3", result.Where);
    }

    private static CaseResult Compare(float[] reference, float[] ours, double float64, string? undefined = null) => TensorComparison.Compare(
        "id", "method", HostTensor.Of(reference, reference.Length), new Computed(HostTensor.Of(ours, ours.Length), undefined), float64);
}
