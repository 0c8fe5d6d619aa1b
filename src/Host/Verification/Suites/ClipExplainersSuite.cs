using System.Text.Json;
using System.Text.RegularExpressions;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;

namespace Pellucid.Host.Verification.Suites;

/// <summary>The suite "clip-explainers": explanation methods for CLIP's transformers, on pairs of images and texts.</summary>
internal sealed partial class ClipExplainersSuite : IVerificationSuite
{
    private const string ScoresMethod = "scores", SurgeryMethod = "clip_surgery";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "grad_eclip_image", "grad_eclip_text", "rise", "raw_attention", "rollout", "grad_cam", "game_image", "game_text", "maskclip", "m2ib_image", "m2ib_text",
    };

    /// <inheritdoc/>
    public string Kind => "clip-explainers";

    /// <inheritdoc/>
    public async Task RunAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken)
    {
        string name = manifest.Text("model") ?? throw new PellucidException($"{manifest.Path} names no \"model\"");
        ReferenceModel model = await run.Models.LoadAsync(manifest, name, cancellationToken);
        var scores = new ClipScores(manifest, run, model);
        var surgery = new ClipSurgeryCases(manifest, run, model);
        var batch = new ExplanationBatch(manifest, run);
        foreach (ManifestCase c in run.Applicable(manifest.Cases))
        {
            if (c.Method == ScoresMethod) await scores.ComputeAsync(c, cancellationToken);
            else if (c.Method == SurgeryMethod) await surgery.ComputeAsync(c, cancellationToken);
            else Plan(manifest, run, model, batch, c);
        }

        await batch.RunAsync(cancellationToken);
    }

    private static void Plan(SuiteManifest manifest, SuiteRun run, ReferenceModel model, ExplanationBatch batch, ManifestCase c)
    {
        bool text = ClipForms.IsText(c);
        int? heads = (model.Model as IGraphModel)?.Layout(text ? Modality.Text : Modality.Image)?.Heads;
        SpecMapping mapping = ExplainerSpecs.Map(c.Method, c, heads);
        if (mapping.Spec is null || !Known.Contains(c.Method))
        {
            run.NotImplemented(c.Id, c.Method, mapping.Reason ?? $"cases of {c.Method} are not known in this suite");
            return;
        }

        try
        {
            if ((c.TextIndex ?? (ClipForms.NeedsNoText(c) ? 0 : null)) is not { } t)
            {
                run.NotImplemented(c.Id, c.Method, "the case names no text");
            }
            else if (FindImage(manifest, model, c) is not { } image)
            {
                run.NotImplemented(c.Id, c.Method, "the case names no image that is known");
            }
            else if ((text ? ClipForms.OfText(c) : ClipForms.OfImage(c, image.Size)) is not { } read)
            {
                run.NotImplemented(c.Id, c.Method, $"the form '{c.LastPart}' of the result is not known");
            }
            else
            {
                batch.Add(c, mapping.Spec, model.Model, image, new MatchingScoreTarget(model.Text(t)), read, explainText: text, mapping.Draws);
            }
        }
        catch (PellucidException fault)
        {
            run.Failed(c.Id, c.Method, fault.Message);
        }
    }

    /// <summary>The image by number, or by the tensor that the parameter "input" names.</summary>
    private static ImageInput? FindImage(SuiteManifest manifest, ReferenceModel model, ManifestCase c)
    {
        if (c.ImageIndex is { } index) return model.Image(index);
        if (!c.Params.TryGetValue("input", out JsonElement input) || StoredInput().Match(input.ToString()) is not { Success: true } match) return null;
        string key = match.Groups["key"].Value;
        HostTensor pixels = manifest.Tensors(match.Groups["file"].Value + ".safetensors").Read(key).ToFloat32();
        if (pixels.Shape.Rank == 3) pixels = pixels.Reshape(1, pixels.Shape[0], pixels.Shape[1], pixels.Shape[2]);
        return pixels.Shape.Rank == 4
            ? ReferenceModel.Image(pixels, key)
            : throw new PellucidException($"tensor '{key}' is {pixels}; pixels are [1, C, H, W]");
    }

    [GeneratedRegex("^(?<file>intermediates|inputs|extra) (?<key>\\S+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StoredInput();
}
