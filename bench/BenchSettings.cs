namespace Pellucid.Bench;

/// <summary>What the command line says.</summary>
/// <param name="Only">Names of the measurements to make; empty for all.</param>
/// <param name="Runs">Timed runs a measurement, at least 5.</param>
/// <param name="Threads">Threads of ONNX Runtime.</param>
/// <param name="Json">JSON instead of a table.</param>
/// <param name="Check">Exit code 1 when a limit is missed.</param>
internal sealed record BenchSettings(IReadOnlyList<string> Only, int Runs, int Threads, bool Json, bool Check)
{
    public bool Wants(string name) => Only.Count == 0 || Only.Contains(name, StringComparer.Ordinal);
}
