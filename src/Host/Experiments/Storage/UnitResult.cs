namespace Pellucid.Host.Experiments.Storage;

/// <summary>What is remembered of a unit.</summary>
public sealed record UnitResult
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>What it is about, as JSON: model, item, target, explainer and seed.</summary>
    public required string Subject { get; init; }

    /// <summary>Value of the target in the served model. Finite.</summary>
    public required double Score { get; init; }

    /// <summary>Value of the target in the explained function. Finite.</summary>
    public required double ExplainedScore { get; init; }

    /// <summary>Which function was explained.</summary>
    public required string ExplainedFunction { get; init; }

    /// <summary>The map; null where the method gives none.</summary>
    public StoredMap? Map { get; init; }

    /// <summary>The word importances as JSON; null where the method gives none.</summary>
    public string? Words { get; init; }

    /// <summary>Further numbers of the method by name, such as <c>convergence_delta</c>. Finite.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>What a reader must know, such as a tolerance that was not reached or a number that is not finite; null where there is nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Where it comes from, as JSON: versions, hashes, options, device.</summary>
    public required string Provenance { get; init; }
}
