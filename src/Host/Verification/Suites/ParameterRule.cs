using System.Text.Json;

namespace Pellucid.Host.Verification.Suites;

/// <summary>What a parameter of a published method becomes: options with values, or null where the value is unknown.</summary>
/// <param name="value">The parameter's value.</param>
/// <param name="modelHeads">Attention heads of the explained encoder; null where it is no transformer.</param>
internal delegate (string Option, string Value)[]? ParameterRule(JsonElement value, int? modelHeads);
