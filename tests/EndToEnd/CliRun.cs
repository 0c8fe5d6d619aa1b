namespace Pellucid.EndToEnd.Tests;

internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public CliRun Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        return this;
    }

    /// <summary>Exit code 2, one clear message, no stack trace.</summary>
    public CliRun Refused(params string[] says)
    {
        Assert.Equal(2, ExitCode);
        Assert.StartsWith("error: ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        foreach (string part in says) Assert.Contains(part, Error, StringComparison.OrdinalIgnoreCase);
        return this;
    }
}
