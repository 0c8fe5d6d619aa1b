namespace Pellucid.Host.Experiments.Storage;

/// <summary>Why a unit, or a metric on it, has no result.</summary>
/// <param name="Key">Key of the unit or metric.</param>
/// <param name="Message">One clear message.</param>
public sealed record UnitFailure(string Key, string Message);
