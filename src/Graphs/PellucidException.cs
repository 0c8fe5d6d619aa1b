namespace Pellucid.Graphs;

/// <summary>
/// Something the user gave cannot be used. The message says what was wrong, where, and what to do; the command line
/// prints it alone and exits with code 2. Anything else that escapes is an internal error (code 3).
/// </summary>
public class PellucidException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">One clear message for the user.</param>
    public PellucidException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with its technical cause, shown only with <c>--verbose</c>.</summary>
    /// <param name="message">One clear message for the user.</param>
    /// <param name="innerException">The cause.</param>
    public PellucidException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
