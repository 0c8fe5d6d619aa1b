using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>
/// An attribution method. Its constructor takes its options record and any service (<see cref="Execution.IGraphRunner"/>);
/// register it with <c>AddExplainer</c>. Stateless and safe for concurrent use.
/// </summary>
public interface IExplainer
{
    /// <summary>What it needs of a model.</summary>
    ModelCapabilities Requires { get; }

    /// <summary>Whether it can explain such a target.</summary>
    bool CanExplain(ExplanationTarget target);

    /// <summary>Explains all targets of a request.</summary>
    /// <returns>One explanation for each target, in order.</returns>
    /// <exception cref="PellucidException">The request does not fit: the message says what and why.</exception>
    Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default);
}
