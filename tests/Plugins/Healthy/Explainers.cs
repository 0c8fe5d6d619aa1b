using Microsoft.Extensions.Logging;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using TestPlugins.Dependency;

namespace TestPlugins.Healthy;

public abstract class TestExplainer : IExplainer
{
    public ModelCapabilities Requires => ModelCapabilities.Evaluate;

    public bool CanExplain(ExplanationTarget target) => true;

    public Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("never asked by the tests");
}

public sealed class PlainExplainer : TestExplainer
{
    public override string ToString() => "plain, " + Answer.Text;
}

public sealed class RichExplainer : TestExplainer
{
    private readonly RichOptions _options;

    public RichExplainer(IGraphRunner runner, RichOptions options, ILogger<RichExplainer> logger)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(logger);
        _options = options;
    }

    /// <summary>What was bound, for the tests, which cannot see the type.</summary>
    public override string ToString() => string.Join("; ",
        _options.LayerCount, _options.Abs, _options.Fraction, _options.Single, _options.Long, _options.Seed, _options.Limit, _options.Label,
        _options.Note, _options.Direction, _options.Maybe, string.Join('x', _options.Window), string.Join('|', _options.Names),
        string.Join('|', _options.Weights), string.Join('|', _options.Ways), $"<{_options.Inner}>", string.Join('|', _options.Others));
}

public sealed class RefusingExplainer : TestExplainer
{
    public RefusingExplainer() => throw new InvalidOperationException("not today");
}
