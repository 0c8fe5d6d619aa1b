using System.Numerics.Tensors;
using System.Text.Json;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Verification.Suites;

/// <summary>
/// The suite "model": a published checkpoint with outputs and intermediate tensors. Each entry of <c>definitions</c> that lies in
/// the outputs is a case.
/// </summary>
internal sealed class ModelSuite : IVerificationSuite
{
    private const string Method = "model";
    private const string PairedLogits = "d(sum_i logits_per_image[i,i]) / d pixel_values";

    /// <inheritdoc/>
    public string Kind => "model";

    /// <inheritdoc/>
    public async Task RunAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken)
    {
        if (!run.Wants(Method)) return;
        if (!manifest.Root.TryGetProperty("definitions", out JsonElement definitions) || definitions.ValueKind != JsonValueKind.Object)
            throw new PellucidException($"{manifest.Path} has no \"definitions\"");
        Checkpoint outputs = manifest.Tensors(manifest.Text("outputs") ?? "outputs.safetensors");
        Dictionary<string, string> cases = definitions.EnumerateObject().Where(d => outputs.Contains(d.Name)).ToDictionary(d => d.Name, d => d.Value.ToString(), StringComparer.Ordinal);
        if (!run.Models.Loader.CanLoad(manifest.Folder, out string reasons))
        {
            foreach (string key in cases.Keys) run.NotImplemented(key, Method, $"no installed model adapter loads it ({reasons})");
            return;
        }

        Checkpoint inputs = manifest.Tensors(manifest.Text("inputs") ?? "inputs.safetensors");
        IVisionLanguageModel model = await run.Models.Loader.LoadAsync(manifest.Folder, cancellationToken);
        foreach ((string key, string definition) in cases)
        {
            if (Compute(model, inputs, key, definition, cancellationToken) is not { } compute)
            {
                run.NotImplemented(key, Method, $"'{key}' ({definition}) is nothing that can be asked of this model");
                continue;
            }

            HostTensor reference = outputs.Read(key);
            try
            {
                // Large intermediate tensors are stored for the first sample only.
                HostTensor ours = await compute();
                if (ours.Shape.Rank == reference.Shape.Rank && ours.Shape.Rank > 0 && reference.Shape[0] == 1 && ours.Shape[0] > 1) ours = ours.Rows(0, 1);
                run.Add(TensorComparison.Compare(key, Method, reference, new Computed(ours), Float64Difference(manifest, key)));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                run.Failed(key, Method, CaseFaults.Describe(fault));
            }
        }
    }

    private static Func<Task<HostTensor>>? Compute(IVisionLanguageModel model, Checkpoint inputs, string key, string definition, CancellationToken cancellationToken)
    {
        if (!inputs.Contains("pixel_values") || !inputs.Contains("input_ids")) return null;
        Task<HostTensor> Images() => model.EmbedImagesAsync(inputs.Read("pixel_values"), cancellationToken);
        Task<HostTensor> Texts() => model.EmbedTextsAsync(inputs.Read("input_ids"), cancellationToken);
        bool normalized = definition.Contains("L2-normalised", StringComparison.OrdinalIgnoreCase);
        return key switch
        {
            "image_embeds" => async () => normalized ? Normalized(await Images()) : await Images(),
            "text_embeds" => async () => normalized ? Normalized(await Texts()) : await Texts(),
            "logits_per_image" => async () => TinyClipSuite.Logits(model, await Images(), await Texts()),
            "grad.pixel_values" when definition == PairedLogits && model is IDifferentiableModel differentiable =>
                () => GradientAsync(differentiable, inputs, cancellationToken),
            "prompt_logits_mean" or "prompt_logits_max" when PromptClasses.Names(inputs).Length > 0 =>
                async () => await PromptClasses.LogitsAsync(model, inputs, await Images(), mean: key == "prompt_logits_mean", cancellationToken),
            _ when MorePads.Count(key) is { } more => async () => Normalized(await model.EmbedTextsAsync(MorePads.Append(inputs, more), cancellationToken)),
            _ when definition == "encode_image" => Images,
            _ when model is ITappedModel tapped && tapped.Taps(Modality.Image).Contains(key, StringComparer.Ordinal) =>
                () => TapAsync(tapped, Modality.Image, inputs.Read("pixel_values"), key, cancellationToken),
            _ when model is ITappedModel tapped && tapped.Taps(Modality.Text).Contains(key, StringComparer.Ordinal) =>
                () => TapAsync(tapped, Modality.Text, inputs.Read("input_ids"), key, cancellationToken),
            _ => null,
        };
    }

    private static async Task<HostTensor> TapAsync(ITappedModel model, Modality side, HostTensor input, string key, CancellationToken cancellationToken) =>
        (await model.ReadTapsAsync(side, input, [key], cancellationToken))[key];

    /// <summary>Image i with text i: the sum's gradient by image i is that of its own logit.</summary>
    private static async Task<HostTensor> GradientAsync(IDifferentiableModel model, Checkpoint inputs, CancellationToken cancellationToken)
    {
        HostTensor pixels = inputs.Read("pixel_values"), ids = inputs.Read("input_ids");
        ReferenceModel texts = await ReferenceModel.OfIdsAsync(model, pixels, ids, cancellationToken);
        ExplanationTarget[] targets = [.. texts.Texts.Select(t => new MatchingScoreTarget(t, ScoreKind.Logit))];
        return (await model.GradientsAsync(pixels, targets, cancellationToken)).Gradients;
    }

    private static HostTensor Normalized(HostTensor rows)
    {
        int width = (int)rows.Shape[^1];
        float[] result = rows.Floats.ToArray();
        for (int start = 0; start < result.Length; start += width)
        {
            Span<float> row = result.AsSpan(start, width);
            TensorPrimitives.Divide(row, TensorPrimitives.Norm<float>(row), row);
        }

        return HostTensor.Of(result, rows.Shape);
    }

    private static double Float64Difference(SuiteManifest manifest, string key) =>
        manifest.Root.TryGetProperty("float32_vs_float64", out JsonElement all) && all.ValueKind == JsonValueKind.Object
        && all.TryGetProperty(key, out JsonElement one) && one.ValueKind == JsonValueKind.Object
        && one.TryGetProperty("max_abs_diff_f64", out JsonElement value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : 0;
}
