using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Layers;
using Pellucid.Plugins.CaptumStyle.Paths;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>What DeepLIFT at the input and at a layer share.</summary>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
/// <param name="images">Reads the baseline where it is a file.</param>
internal sealed class DeepLift(DeepLiftOptions options, IGraphRunner runner, IImageReader images)
{
    /// <summary>Targets whose signals are sent back at once: bounds the memory.</summary>
    private const int TargetsAtOnce = 16;

    /// <summary>Explains all targets of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="layer">What the user called the layer; null for the input.</param>
    /// <param name="explain">Makes the explanation of a result from it and the shape of what was attributed to, [1, ...].</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(
        ExplanationRequest request, string? layer, Func<DeepLiftResult, TensorShape, Explanation> explain, CancellationToken cancellationToken)
    {
        if (request.Model is not IGraphModel model)
            throw new PellucidException($"model '{request.Model.Description.Id}' is no editable graph, which DeepLIFT needs; use integrated-gradients, or a method that only evaluates the model");
        HostTensor pixels = request.Image.Pixels;
        HostTensor baseline = HostTensor.Of(Baseline.Of(request, options.Baseline, options.Blur, options.BaselineImage, images, cancellationToken), pixels.Shape);
        List<Explanation> explanations = [];
        foreach (ExplanationTarget[] targets in request.Targets.Chunk(TargetsAtOnce))
        {
            TargetGraph target = model.Resolve(targets, Modality.Image, request.Image.Size);
            string value = layer is null ? target.Input : LayerNames.FindBefore(
                target, layer, model.Layout(Modality.Image, request.Image.Size), model.Description.Id, targets[0].Describe());
            var feed = new Dictionary<string, HostTensor>(target.Feed(pixels), StringComparer.Ordinal) { [DeepLiftGraphs.BaselineInput] = baseline };
            IReadOnlyDictionary<string, HostTensor> run = await runner.RunAsync(DeepLiftGraphs.Build(target, value, options, model.Description.Id), feed, cancellationToken);
            HostTensor difference = run[DeepLiftGraphs.Difference];
            for (int k = 0; k < targets.Length; k++) explanations.Add(explain(Read(run, targets[k], k), difference.Shape));
            request.Progress?.Report((double)explanations.Count / request.Targets.Count);
        }

        return explanations;
    }

    private DeepLiftResult Read(IReadOnlyDictionary<string, HostTensor> run, ExplanationTarget target, int index)
    {
        Span<float> difference = run[DeepLiftGraphs.Difference].Floats;
        float score = run[EncoderNames.Scores].Floats[index], baselineScore = run[DeepLiftGraphs.BaselineScores].Floats[index];
        float[] multipliers = run[DeepLiftGraphs.Multipliers].Floats.Slice(index * difference.Length, difference.Length).ToArray();
        double sum = 0;
        for (int i = 0; i < multipliers.Length; i++) sum += (double)multipliers[i] * difference[i];
        if (options.Multiply) TensorPrimitives.Multiply(multipliers, difference, multipliers);
        return new DeepLiftResult(
            target, score, baselineScore, multipliers, sum - ((double)score - baselineScore),
            difference.ContainsAnyExcept(0f) ? "no signal comes back: every path is cut" : "the image and the baseline are the same here");
    }
}
