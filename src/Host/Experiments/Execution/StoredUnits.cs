using System.Runtime.CompilerServices;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>What a workspace already holds of a plan.</summary>
/// <param name="Intact">Number of results that are there.</param>
/// <param name="Damaged">Keys of units whose maps are missing or damaged.</param>
public sealed record StoredUnits(int Intact, IReadOnlyList<string> Damaged)
{
    private const int AtOnce = 256;

    /// <summary>Looks for the units of a plan. Every map is read and its hash compared: a result without its map is none.</summary>
    public static async Task<StoredUnits> FindAsync(Workspace workspace, ExperimentPlan plan, CancellationToken cancellationToken)
    {
        int intact = 0;
        List<string> damaged = [];
        await foreach ((_, UnitResult result, bool whole) in EachAsync(workspace, plan, cancellationToken))
        {
            if (whole) intact++;
            else damaged.Add(result.Key);
        }

        return new StoredUnits(intact, damaged);
    }

    /// <summary>The units of a plan that have a result, each key once, and whether its maps are whole; a few are held at a time.</summary>
    internal static async IAsyncEnumerable<(PlannedUnit Unit, UnitResult Result, bool Whole)> EachAsync(
        Workspace workspace, ExperimentPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Models of equal content have equal keys.
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (PlannedUnit[] some in plan.Units.Where(u => seen.Add(u.Key)).Chunk(AtOnce))
        {
            IReadOnlyDictionary<string, UnitResult> found = await workspace.Units.FindUnitsAsync([.. some.Select(u => u.Key)], cancellationToken);
            foreach (PlannedUnit unit in some)
            {
                if (!found.TryGetValue(unit.Key, out UnitResult? result)) continue;
                bool whole = true;
                foreach (string name in result.Map?.Artifacts() ?? []) whole = whole && await workspace.Artifacts.ReadAsync(name, cancellationToken) is not null;
                yield return (unit, result, whole);
            }
        }
    }
}
