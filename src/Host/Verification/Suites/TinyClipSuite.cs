using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Verification.Suites;

/// <summary>The suite "tiny-clip": one model in several checkpoint layouts. A case passes if it does with each of them.</summary>
internal sealed class TinyClipSuite : IVerificationSuite
{
    /// <inheritdoc/>
    public string Kind => "tiny-clip";

    /// <inheritdoc/>
    public async Task RunAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> checkpoints = manifest.Texts("checkpoints");
        if (checkpoints.Count == 0) throw new PellucidException($"{manifest.Path} lists no \"checkpoints\"");
        Checkpoint inputs = manifest.Tensors(manifest.Text("inputs") ?? "inputs.safetensors");
        HostTensor pixels = inputs.Read("pixel_values"), ids = inputs.Read("input_ids");
        foreach (ManifestCase c in manifest.Cases)
        {
            string method = c.Method.Length > 0 ? c.Method : "forward";
            if (!run.Wants(method)) continue;
            if (c.NotApplicable is { } marker)
            {
                run.NotApplicable(c.Id, method, marker);
                continue;
            }

            List<CaseResult> results = [];
            foreach (string checkpoint in checkpoints)
                results.Add(await CompareAsync(manifest, run, c, method, checkpoint, pixels, ids, cancellationToken));
            run.Add(results.Find(r => r.Outcome != CaseOutcome.Passed) ?? results.MaxBy(r => r.Relative)!);
        }
    }

    private static async Task<CaseResult> CompareAsync(
        SuiteManifest manifest, SuiteRun run, ManifestCase c, string method, string checkpoint, HostTensor pixels, HostTensor ids, CancellationToken cancellationToken)
    {
        IVisionLanguageModel model = await run.Models.Loader.LoadAsync(manifest.Resolve(checkpoint), cancellationToken);
        Func<Task<HostTensor>>? compute = c.Output switch
        {
            "image_embeds" => () => model.EmbedImagesAsync(pixels, cancellationToken),
            "text_embeds" => () => model.EmbedTextsAsync(ids, cancellationToken),
            "logits_per_image" => async () => Logits(model, await model.EmbedImagesAsync(pixels, cancellationToken), await model.EmbedTextsAsync(ids, cancellationToken)),
            _ => null,
        };
        if (compute is null) return new CaseResult(c.Id, method, CaseOutcome.NotImplemented, $"the output '{c.Output}' is not known");
        CaseResult result;
        try
        {
            result = TensorComparison.Compare(c.Id, method, manifest.Reference(c.Output), new Computed(await compute()), c.Float64Difference);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            result = new CaseResult(c.Id, method, CaseOutcome.Failed, CaseFaults.Describe(fault));
        }

        return result.Where is null ? result : result with { Where = $"{checkpoint} {result.Where}" };
    }

    /// <summary>Logits of all images (rows) with all texts.</summary>
    public static HostTensor Logits(IVisionLanguageModel model, HostTensor images, HostTensor texts)
    {
        int rows = (int)images.Shape[0], columns = (int)texts.Shape[0], width = (int)images.Shape[1];
        float[] logits = new float[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int t = 0; t < columns; t++)
                logits[(i * columns) + t] = (float)model.Fusion.Score(images.Floats.Slice(i * width, width), texts.Floats.Slice(t * width, width), ScoreKind.Logit);
        }

        return HostTensor.Of(logits, rows, columns);
    }
}
