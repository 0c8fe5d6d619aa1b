using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Rewrites;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// FullGrad (Srinivas and Fleuret 2019, "Full-gradient representation for neural network visualization", eq. 6): |input times gradient| and, at every convolution with a
/// bias and every batch normalization, |bias times gradient| of every channel; each of them min-max scaled to [0, 1], resized to the input and added.
/// </summary>
/// <remarks>
/// As in pytorch-grad-cam: biases of linear layers and layer norms, which have no place on the image, do not count, so that of a transformer whose patch embedding
/// has no bias the input's part alone remains. Scaling makes every channel count alike, however small its gradient is.
/// </remarks>
/// <example><c>--explainer full-grad</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class FullGradExplainer(FullGradOptions options, IGraphRunner runner) : IExplainer
{
    /// <summary>Gradients by every layer of so many targets are in memory at once.</summary>
    private const int TargetsAtOnce = 4;

    private static readonly DerivedGraphs<string, IReadOnlyList<BiasedLayer>> Biased = new();

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => Attribution.IsKnown(target);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        if (request.Model is not IGraphModel model)
            throw new PellucidException($"model '{request.Model.Description.Id}' is no graph, so its biases cannot be read; use a method that only evaluates the model");
        List<Explanation> explanations = [];
        foreach (ExplanationTarget[] targets in request.Targets.Chunk(TargetsAtOnce))
        {
            TargetGraph target = model.Resolve(targets, Modality.Image, request.Image.Size);
            IReadOnlyList<BiasedLayer> layers = Biased.Get(target.Graph, string.Empty, g => BiasedLayer.Of(g.Prune(EncoderNames.Scores)));
            IReadOnlyDictionary<string, HostTensor> run = await runner.RunAsync(
                LayerGraphs.Build(target, [target.Input, .. layers.Select(l => l.Value)], activations: false, gradients: true),
                target.Feed(request.Image.Pixels),
                cancellationToken);
            for (int k = 0; k < targets.Length; k++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                explanations.Add(Explain(request.Image, targets[k], k, layers, run));
                request.Progress?.Report((double)explanations.Count / request.Targets.Count);
            }
        }

        return explanations;
    }

    private Explanation Explain(ImageInput image, ExplanationTarget target, int index, IReadOnlyList<BiasedLayer> layers, IReadOnlyDictionary<string, HostTensor> run)
    {
        int height = image.Size.Height, width = image.Size.Width;
        float[] map = new float[height * width];
        HostTensor input = run[LayerGraphs.Gradient(0)];
        for (int c = 0; c < input.Shape[1]; c++)
        {
            float[] part = Channel(input, index, c);
            TensorPrimitives.Multiply(part, image.Pixels.Floats.Slice(c * part.Length, part.Length), part);
            Add(map, part, height, width, image.Size);
        }

        for (int i = 0; i < layers.Count; i++)
        {
            HostTensor gradient = run[LayerGraphs.Gradient(i + 1)];
            for (int c = 0; c < layers[i].Biases.Length; c++)
            {
                float[] part = Channel(gradient, index, c);
                TensorPrimitives.Multiply(part, layers[i].Biases[c], part);
                Add(map, part, (int)gradient.Shape[2], (int)gradient.Shape[3], image.Size);
            }
        }

        if (!TensorPrimitives.IsFiniteAll<float>(map)) throw new PellucidException($"the gradient of {target.Describe()} is not finite: the model's weights or the image are unusable");
        if (options.Scale) CamForms.Scale(map);
        float score = run[EncoderNames.Scores].Floats[index];
        return new Explanation
        {
            Target = target,
            Score = score,
            ExplainedScore = score,
            ExplainedFunction = "the served model",
            Image = new ImageAttribution
            {
                Map = HostTensor.Of(map, height, width),
                Signed = false,
                Undefined = map.AsSpan().ContainsAnyExcept(0f) ? null : "every part is the same at all positions",
            },
        };
    }

    private static float[] Channel(HostTensor batch, int row, int channel)
    {
        int area = (int)(batch.Shape[2] * batch.Shape[3]);
        return batch.Floats.Slice((int)((row * batch.Shape[1]) + channel) * area, area).ToArray();
    }

    private static void Add(float[] map, float[] part, int height, int width, ImageSize size)
    {
        TensorPrimitives.Abs(part, part);
        CamForms.Scale(part);
        TensorPrimitives.Add(map, MapUpsampler.Bilinear(part, height, width, size.Height, size.Width), map);
    }
}
