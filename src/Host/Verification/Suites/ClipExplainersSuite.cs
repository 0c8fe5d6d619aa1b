using System.Text.Json;
using System.Text.RegularExpressions;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Verification.Suites;

/// <summary>The suite "clip-explainers": explanation methods for CLIP's transformers, on pairs of images and texts.</summary>
internal sealed partial class ClipExplainersSuite : IVerificationSuite
{
    private const string ImageMethod = "grad_eclip_image", TextMethod = "grad_eclip_text", ScoresMethod = "scores", RiseMethod = "rise";

    /// <inheritdoc/>
    public string Kind => "clip-explainers";

    /// <inheritdoc/>
    public async Task RunAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken)
    {
        string name = manifest.Text("model") ?? throw new PellucidException($"{manifest.Path} names no \"model\"");
        ReferenceModel model = await run.Models.LoadAsync(manifest, name, cancellationToken);
        var scores = new ClipScores(manifest, run, model);
        var batch = new ExplanationBatch(manifest, run);
        foreach (ManifestCase c in run.Applicable(manifest.Cases))
        {
            if (c.Method == ScoresMethod) await scores.ComputeAsync(c, cancellationToken);
            else Plan(manifest, run, model, batch, c);
        }

        await batch.RunAsync(cancellationToken);
    }

    private static void Plan(SuiteManifest manifest, SuiteRun run, ReferenceModel model, ExplanationBatch batch, ManifestCase c)
    {
        bool text = c.Method == TextMethod;
        int? heads = (model.Model as IGraphModel)?.Layout(text ? Modality.Text : Modality.Image)?.Heads;
        SpecMapping mapping = ExplainerSpecs.Map(c.Method, c, heads);
        if (mapping.Spec is null || c.Method is not (ImageMethod or TextMethod or RiseMethod))
        {
            run.NotImplemented(c.Id, c.Method, mapping.Reason ?? $"cases of {c.Method} are not known in this suite");
            return;
        }

        try
        {
            if (c.TextIndex is not { } t)
            {
                run.NotImplemented(c.Id, c.Method, "the case names no text");
            }
            else if (FindImage(manifest, model, c) is not { } image)
            {
                run.NotImplemented(c.Id, c.Method, "the case names no image that is known");
            }
            else if ((text ? TextReader(c) : ImageReader(c, image.Size)) is not { } read)
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

    private static Func<Explanation, Computed>? ImageReader(ManifestCase c, ImageSize size) => c.LastPart switch
    {
        "signed" => static e => Computed.Partly(e.Details["signed"], e.Image!.Undefined),
        "final" => e => Final(e.Image!, size),
        _ when IsVariant(c) => static e => new Computed(e.Image!.Map, e.Image.Undefined),
        _ => null,
    };

    private static Func<Explanation, Computed>? TextReader(ManifestCase c) => c.LastPart switch
    {
        "signed" => static e => Computed.Partly(HostTensor.Of([.. e.Text!.Signed], e.Text.Signed.Count), e.Text.Undefined),
        _ when IsVariant(c) => static e => Computed.OrUndefined(HostTensor.Of([.. e.Text!.Importances], e.Text.Importances.Count), e.Text.Undefined),
        _ => null,
    };

    /// <summary>Min-max on the grid, then upsampled. A constant map, which min-max divides by zero, is undefined.</summary>
    private static Computed Final(ImageAttribution image, ImageSize size)
    {
        ReadOnlySpan<float> map = image.Map.Floats;
        string? undefined = image.Undefined ?? (map.ContainsAnyExcept(map[0]) ? null : "all elements are equal");
        HostTensor normalized = HostTensor.Of(MapNormalization.MinMax(map), image.Map.Shape);
        return Computed.OrUndefined(MapUpsampler.Resize(normalized, size, image.Upsampling), undefined);
    }

    /// <summary>
    /// Ids end with what the parameters say as well (pair, layers, heads, weight), unless the result has another form. A last part
    /// that names no such thing is a form that is not known.
    /// </summary>
    private static bool IsVariant(ManifestCase c) => Variant().IsMatch(c.LastPart);

    [GeneratedRegex("^(?<file>intermediates|inputs|extra) (?<key>\\S+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StoredInput();

    [GeneratedRegex("^([a-z]?\\d+([a-z]\\d+)*|multihead|singlehead|w_[a-z]+|emap|dot|cos|cosine|nonsquare|square)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variant();
}
