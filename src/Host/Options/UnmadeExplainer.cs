using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Options;

/// <summary>
/// Stands for a nested explainer while options are checked together: rules may ask whether one was given, and no
/// explainer is made before all options are known to be right.
/// </summary>
internal sealed class UnmadeExplainer : IExplainer
{
    private readonly ExplainerConfiguration _configuration;

    public UnmadeExplainer(ExplainerConfiguration configuration) => _configuration = configuration;

    public ModelCapabilities Requires => throw Unmade();

    public bool CanExplain(ExplanationTarget target) => throw Unmade();

    public Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default) => throw Unmade();

    private InvalidOperationException Unmade() => new($"{_configuration.Text} is not made before all options are checked");
}
