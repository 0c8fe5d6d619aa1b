namespace Pellucid.TestKit;

/// <summary>An explainer does not keep the contract; fails the test that called it.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">The failed checks, one a line.</param>
    public ConformanceException(string message)
        : base(message)
    {
    }
}
