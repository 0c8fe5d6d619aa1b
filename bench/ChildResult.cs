namespace Pellucid.Bench;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it complained about.</param>
/// <param name="Wall">How long it ran.</param>
/// <param name="Peak">Largest resident size in bytes, mapped files included, where it was asked for; else 0.</param>
internal sealed record ChildResult(int ExitCode, string Output, string Error, TimeSpan Wall, long Peak)
{
    /// <summary>First line that it said went wrong.</summary>
    public string Complaint => $"exit code {ExitCode}: {(Error + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()}";
}
