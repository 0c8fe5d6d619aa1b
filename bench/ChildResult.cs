namespace Pellucid.Bench;

/// <summary>How a process ended.</summary>
internal sealed record ChildResult(int ExitCode, string Output, string Error, TimeSpan Wall)
{
    /// <summary>First line that it said went wrong.</summary>
    public string Complaint => $"exit code {ExitCode}: {(Error + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()}";
}
