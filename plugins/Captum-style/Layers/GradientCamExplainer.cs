using Pellucid.Abstractions.Execution;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>What class activation maps share that need the activation and its gradient only.</summary>
public abstract class GradientCamExplainer : CamExplainer
{
    /// <summary>Makes one.</summary>
    /// <param name="options">Options.</param>
    /// <param name="runner">Runs graphs.</param>
    protected GradientCamExplainer(CamOptions options, IGraphRunner runner)
        : base(options, runner)
    {
    }

    private protected override bool NeedsGradients => true;

    /// <summary>The map of one target.</summary>
    /// <param name="activation">[C, h, w].</param>
    /// <param name="gradient">[C, h, w].</param>
    /// <param name="grid">Shape of both.</param>
    private protected abstract Cam Compute(float[] activation, float[] gradient, LayerGrid grid);

    private protected override Task<IReadOnlyList<Cam>> CamsAsync(LayerRun run, CancellationToken cancellationToken)
    {
        float[] activation = run.Grid.Read(run.Activation, 0);
        return Task.FromResult<IReadOnlyList<Cam>>([.. Enumerable.Range(0, run.Count).Select(k => Compute(activation, run.Grid.Read(run.Gradients!, k), run.Grid))]);
    }
}
