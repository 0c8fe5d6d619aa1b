using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;

namespace Pellucid.Host.Verification.Suites;

/// <summary>The suite "captum": attribution methods of general use, on a transformer and a convolutional network.</summary>
internal sealed class CaptumSuite : IVerificationSuite
{
    private const string ForwardMethod = "forward";

    /// <inheritdoc/>
    public string Kind => "captum";

    /// <inheritdoc/>
    public async Task RunAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken)
    {
        var batch = new ExplanationBatch(manifest, run);
        foreach (ManifestCase c in run.Applicable(manifest.Cases))
        {
            if (FusionCases.Knows(c.Method))
            {
                await FusionCases.RunAsync(manifest, run, c, cancellationToken);
                continue;
            }

            if (CaptumMetrics.Knows(c.Method))
            {
                await CaptumMetrics.RunAsync(manifest, run, c, cancellationToken);
                continue;
            }

            SpecMapping mapping = c.Method == ForwardMethod ? default : ExplainerSpecs.Map(c.Method, c);
            if (mapping.Reason is not null)
            {
                run.NotImplemented(c.Id, c.Method, mapping.Reason);
                continue;
            }

            if (c.Model is null)
            {
                run.NotImplemented(c.Id, c.Method, "the case names no model");
                continue;
            }

            ReferenceModel model = await run.Models.LoadAsync(manifest, c.Model, cancellationToken);
            if (c.Method == ForwardMethod && c.Target is null && c.LastPart == "embeddings")
                await run.ComputeAsync(manifest, c, async () => new Computed(await model.EmbedImagesAsync(cancellationToken)));
            else
                await PlanAsync(manifest, run, batch, c, model, mapping, cancellationToken);
        }

        await batch.RunAsync(cancellationToken);
    }

    private static async Task PlanAsync(
        SuiteManifest manifest, SuiteRun run, ExplanationBatch batch, ManifestCase c, ReferenceModel model, SpecMapping mapping, CancellationToken cancellationToken)
    {
        CaptumTarget? target;
        try
        {
            target = CaptumTarget.Of(c, model);
            if (target is not null) _ = model.Image(target.Image);
        }
        catch (PellucidException fault)
        {
            run.Failed(c.Id, c.Method, fault.Message);
            return;
        }

        if (target is null)
            run.NotImplemented(c.Id, c.Method, $"the target '{c.Target ?? c.LastPart}' is not known");
        else if (c.ImageIndex is { } index && index != target.Image)
            run.Failed(c.Id, c.Method, $"the manifest contradicts itself: image_index {index}, target '{c.Target}'");
        else if (mapping.Spec is not { } spec)
            await run.ComputeAsync(manifest, c, async () => Computed.Of(await model.ValueAsync(target.Image, target.Target, cancellationToken)));
        else
            batch.Add(c, spec, model.Model, model.Image(target.Image), target.Target, mapping.Detail is { } detail ? e => new Computed(e.Details[detail], e.Image?.Undefined) : LayerMethods.Reader(c) ?? Elements, draws: mapping.Draws);
    }

    private static Computed Elements(Explanation explanation) => new(
        explanation.Image?.Elements ?? throw new PellucidException("the explainer gives no attribution of the input's elements"), explanation.Image.Undefined);
}
