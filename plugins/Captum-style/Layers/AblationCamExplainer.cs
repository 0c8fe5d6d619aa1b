using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// Ablation-CAM (Desai and Ramaswamy 2020, "Ablation-CAM: Visual explanations for deep convolutional network via gradient-free
/// localization", eq. 4 and 5): the weight of a channel is the part of the score that is lost when the channel is set to 0, (F - F_c) / F.
/// </summary>
/// <remarks>
/// The channel is 0 at all positions and, in a transformer, all tokens, those included that are no patches. The published pytorch-grad-cam writes a number far below the
/// smallest activation where that is not 0; the paper's 0 is what is done here. One evaluation a channel from the layer on, in batches, shared by all targets; no gradients.
/// </remarks>
/// <example><c>--explainer "ablation-cam(layer=layer4)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class AblationCamExplainer(CamOptions options, IGraphRunner runner) : CamExplainer(options, runner)
{
    private const int MasksAtOnce = 16;

    /// <inheritdoc/>
    public override bool CanExplain(ExplanationTarget target) => target is EmbeddingTarget;

    private protected override bool NeedsGradients => false;

    private protected override async Task<IReadOnlyList<Cam>> CamsAsync(LayerRun run, CancellationToken cancellationToken)
    {
        LayerGrid grid = run.Grid;
        for (int k = 0; k < run.Count; k++)
        {
            if (run.Scores.Floats[k] == 0)
                throw new PellucidException($"the value of {run.Request.Targets[k].Describe()} is 0, and ablation-cam gives each channel its part of that value; use another method or target");
        }

        float[][] weights = [.. Enumerable.Range(0, run.Count).Select(_ => new float[grid.Channels])];
        Graph graph = LayerGraphs.Ablated(run.Model.ImageEncoder(run.Request.Image.Size), run.Layer);
        for (int start = 0; start < grid.Channels; start += MasksAtOnce)
        {
            int count = Math.Min(MasksAtOnce, grid.Channels - start);
            HostTensor embeds = (await Runner.RunAsync(
                graph,
                new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [EncoderNames.PixelValues] = run.Request.Image.Pixels, [LayerGraphs.Mask] = Masks(grid, start, count) },
                cancellationToken))[EncoderNames.ImageEmbeds];
            HostTensor left = await run.Model.EvaluateEmbeddingsAsync(embeds, run.Request.Targets, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                for (int k = 0; k < run.Count; k++)
                {
                    double score = run.Scores.Floats[k];
                    weights[k][start + i] = (float)((score - left.Floats[(i * run.Count) + k]) / score);
                }
            }

            run.Request.Progress?.Report((double)(start + count) / grid.Channels * 0.99);
        }

        float[] activation = grid.Read(run.Activation, 0);
        return [.. weights.Select(w => new Cam(ChannelSum.Weighted(activation, w, grid.Area), w))];
    }

    /// <summary>Ones, but for one channel each.</summary>
    private static HostTensor Masks(LayerGrid grid, int start, int count)
    {
        float[] masks = new float[count * grid.Channels];
        Array.Fill(masks, 1f);
        for (int i = 0; i < count; i++) masks[(i * grid.Channels) + start + i] = 0;
        return grid.Tokens == 0 ? HostTensor.Of(masks, count, grid.Channels, 1, 1) : HostTensor.Of(masks, count, 1, grid.Channels);
    }
}
