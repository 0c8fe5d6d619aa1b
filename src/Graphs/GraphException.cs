namespace Pellucid.Graphs;

/// <summary>A graph cannot be built, edited, differentiated or read: the message names the node or value and the way out.</summary>
public sealed class GraphException : PellucidException
{
    /// <summary>Makes the error.</summary>
    public GraphException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with its cause.</summary>
    public GraphException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
