using Pellucid.Host.Experiments.Planning;

namespace Pellucid.Host.Tests.Experiments;

/// <summary>Every part of a key changes it, and parts do not run together.</summary>
public sealed class UnitKeysTests
{
    [Fact]
    public void Each_part_of_a_unit_is_in_its_key()
    {
        string[] keys =
        [
            UnitKeys.Unit("m", "i", "p", "t", "e", 1),
            UnitKeys.Unit("n", "i", "p", "t", "e", 1),
            UnitKeys.Unit("m", "j", "p", "t", "e", 1),
            UnitKeys.Unit("m", "i", "q", "t", "e", 1),
            UnitKeys.Unit("m", "i", "p", "u", "e", 1),
            UnitKeys.Unit("m", "i", "p", "t", "f", 1),
            UnitKeys.Unit("m", "i", "p", "t", "e", 2),
            UnitKeys.Unit("m", "i", "p", "te", "", 1),
            UnitKeys.Unit("m", "i", "p", "t\n1:e=0:", "e", 1),
        ];
        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, k => Assert.Matches("^[0-9a-f]{64}$", k));
        Assert.Equal(keys[0], UnitKeys.Unit("m", "i", "p", "t", "e", 1));
    }

    [Fact]
    public void Each_part_of_a_metric_is_in_its_key()
    {
        string[] keys = [UnitKeys.Metric("u", "m", "", ""), UnitKeys.Metric("v", "m", "", ""), UnitKeys.Metric("u", "n", "", ""), UnitKeys.Metric("u", "m", "x", ""), UnitKeys.Metric("u", "m", "", "x")];
        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_seed_follows_from_experiment_and_item_alone()
    {
        Assert.Equal(UnitKeys.Seed(7, "a"), UnitKeys.Seed(7, "a"));
        Assert.NotEqual(UnitKeys.Seed(7, "a"), UnitKeys.Seed(8, "a"));
        Assert.NotEqual(UnitKeys.Seed(7, "a"), UnitKeys.Seed(7, "b"));
    }
}
