using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>What a workspace already holds of a plan.</summary>
/// <param name="Intact">Results that are there, by key.</param>
/// <param name="Damaged">Keys of units whose maps are missing or damaged.</param>
public sealed record StoredUnits(IReadOnlyDictionary<string, UnitResult> Intact, IReadOnlyList<string> Damaged)
{
    /// <summary>Looks for the units of a plan. Every map is read and its hash compared: a result without its map is none.</summary>
    public static async Task<StoredUnits> FindAsync(Workspace workspace, ExperimentPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(plan);
        IReadOnlyDictionary<string, UnitResult> found = await workspace.Units.FindUnitsAsync([.. plan.Units.Select(u => u.Key)], cancellationToken);
        Dictionary<string, UnitResult> intact = new(StringComparer.Ordinal);
        List<string> damaged = [];
        foreach ((string key, UnitResult result) in found)
        {
            bool whole = true;
            foreach (string name in result.Map?.Artifacts() ?? []) whole = whole && await workspace.Artifacts.ReadAsync(name, cancellationToken) is not null;
            if (whole) intact[key] = result;
            else damaged.Add(key);
        }

        return new StoredUnits(intact, damaged);
    }
}
