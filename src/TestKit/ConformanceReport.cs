namespace Pellucid.TestKit;

/// <summary>What all checks found.</summary>
/// <param name="Findings">One for each check, in the order they ran.</param>
public sealed record ConformanceReport(IReadOnlyList<ConformanceFinding> Findings)
{
    /// <summary>Whether all checks passed.</summary>
    public bool Passed => Findings.All(f => f.Passed);

    /// <summary>Ends a test.</summary>
    /// <exception cref="ConformanceException">A check failed; the message lists all that did.</exception>
    public void ThrowIfFailed()
    {
        if (!Passed) throw new ConformanceException(string.Join('\n', Findings.Where(f => !f.Passed)));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Findings);
}
