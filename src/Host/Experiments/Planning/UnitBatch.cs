namespace Pellucid.Host.Experiments.Planning;

/// <summary>Units that are leased together: one model, one image, one explainer, targets of one kind.</summary>
/// <param name="Units">At least one.</param>
public sealed record UnitBatch(IReadOnlyList<PlannedUnit> Units)
{
    /// <summary>What the units share.</summary>
    public PlannedUnit First => Units[0];

    /// <summary>Cuts units into batches in their order. Which units go together depends on the plan alone, not on what is done already.</summary>
    /// <param name="units">Units in the plan's order: by model, item and explainer.</param>
    /// <param name="size">Targets in a batch, at least 1.</param>
    public static IEnumerable<UnitBatch> Cut(IEnumerable<PlannedUnit> units, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return units.GroupBy(u => (u.Model, u.Item, u.Explainer, u.Target.Kind), Sharing.Instance).SelectMany(g => g.Chunk(size)).Select(c => new UnitBatch(c));
    }

    /// <summary>Models, items and explainers are compared as objects: their records hold much that need not be looked at.</summary>
    private sealed class Sharing : IEqualityComparer<(PlannedModel Model, PlannedItem Item, PlannedExplainer Explainer, string Kind)>
    {
        public static readonly Sharing Instance = new();

        public bool Equals((PlannedModel Model, PlannedItem Item, PlannedExplainer Explainer, string Kind) x, (PlannedModel Model, PlannedItem Item, PlannedExplainer Explainer, string Kind) y) =>
            ReferenceEquals(x.Model, y.Model) && ReferenceEquals(x.Item, y.Item) && ReferenceEquals(x.Explainer, y.Explainer) && x.Kind == y.Kind;

        public int GetHashCode((PlannedModel Model, PlannedItem Item, PlannedExplainer Explainer, string Kind) obj) =>
            HashCode.Combine(obj.Item.ImageHash, obj.Explainer.Identity, obj.Kind);
    }
}
