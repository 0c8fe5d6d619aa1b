using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Host.Models;
using Pellucid.Host.Targets;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Explaining;

/// <summary>
/// Explains images by targets by explainers. Checks everything that can be checked before the first forward pass. All targets of an
/// image go to an explainer together, so that they can share it.
/// </summary>
public sealed class ExplainJob(HostServices services, ModelLocator models, ExplainTimings timings)
{
    /// <summary>Runs a job.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="progress">Told how many cells are done, and of how many.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">An input cannot be used; nothing was computed for it.</exception>
    public async Task<ExplainResult> RunAsync(ExplainJobSpec spec, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Require(spec);
        ChosenExplainer[] explainers = [.. spec.Explainers.Select(services.ChooseExplainer)];
        var factory = new TargetFactory(spec.Targets, spec.Model, services.Runner);
        DecodedImage[] decoded = await timings.MeasureAsync("decode", () => Task.FromResult(Decode(spec, cancellationToken)));
        IVisionLanguageModel model = await timings.MeasureAsync("load", () => models.LoadAsync(spec.Model, cancellationToken));
        foreach (ChosenExplainer explainer in explainers) RequireCapable(model, explainer);
        IReadOnlyList<ExplainedTarget> chosen = await timings.MeasureAsync("texts", () => factory.CreateAsync(model, cancellationToken));
        ExplainedImage[] images = [.. decoded.Select((image, i) => Prepare(model, spec.Images[i], image, spec))];
        ExplanationTarget[] targets = [.. chosen.Select(t => t.Target)];
        foreach (ChosenExplainer explainer in explainers) TargetRefusal.Require(services, model, explainer, targets[0]);

        List<ExplainedCell> cells = [];
        int total = images.Length * targets.Length * explainers.Length;
        for (int i = 0; i < images.Length; i++)
        {
            for (int e = 0; e < explainers.Length; e++)
            {
                var request = new ExplanationRequest { Model = model, Image = images[i].Input, Targets = targets, Seed = spec.Seed };
                ChosenExplainer explainer = explainers[e];
                IReadOnlyList<Explanation> found = await timings.MeasureAsync(
                    $"image {i}, {explainer.Text}", () => explainer.Explainer.ExplainAsync(request, cancellationToken));
                if (found.Count != targets.Length) throw new PellucidException($"{explainer.Text} gave {found.Count} explanations for {targets.Length} targets: it is broken");
                for (int t = 0; t < targets.Length; t++)
                {
                    if (ExplanationFaults.Of(found[t]) is { } fault) throw new PellucidException($"{explainer.Text} on {images[i].Name} with \"{Short(chosen[t].Label)}\": {fault}");
                    cells.Add(new ExplainedCell(i, t, e, found[t]));
                }

                progress?.Report((cells.Count, total));
            }
        }

        return new ExplainResult
        {
            Spec = spec,
            Model = model.Description,
            Tokenizer = (model.Tokenizer.Kind, model.Tokenizer.ContentHash),
            Environment = services.Runner.Environment,
            Images = images,
            Targets = chosen,
            Explainers = explainers,
            Cells = [.. cells.OrderBy(c => c.Image).ThenBy(c => c.Target).ThenBy(c => c.Explainer)],
            Warnings = [.. Warnings(chosen, cells, explainers, images)],
        };
    }

    private static void Require(ExplainJobSpec spec)
    {
        if (spec.Images.Count == 0) throw new PellucidException("no image was given: add --image <file>");
        if (spec.Images.Any(string.IsNullOrWhiteSpace)) throw new PellucidException("the name of an image is empty: give --image a file");
        if (spec.Explainers.Count == 0) throw new PellucidException("no explainer was given: add --explainer <id>");
    }

    private static DecodedImage[] Decode(ExplainJobSpec spec, CancellationToken cancellationToken) =>
        [.. spec.Images.Select(path => ImageDecoder.Decode(path, spec.ImageLimits, cancellationToken))];

    private static ExplainedImage Prepare(IVisionLanguageModel model, string name, DecodedImage image, ExplainJobSpec spec) =>
        new(name, image, model.Prepare(image, spec.Preparation) with { Name = name });

    private static void RequireCapable(IVisionLanguageModel model, ChosenExplainer explainer)
    {
        ModelCapabilities missing = explainer.Explainer.Requires & ~model.Capabilities;
        if (missing != ModelCapabilities.None)
            throw new PellucidException($"{explainer.Text} needs of the model: {missing}; '{model.Description.Id}' offers only {model.Capabilities}. Choose another explainer (see 'plugins list')");
    }

    private static IEnumerable<string> Warnings(IReadOnlyList<ExplainedTarget> targets, List<ExplainedCell> cells, ChosenExplainer[] explainers, ExplainedImage[] images)
    {
        foreach (TokenizedText text in targets.SelectMany(t => t.Texts).Distinct().Select(t => t.Tokens).Where(t => t.Truncated))
            yield return $"the text \"{Short(text.Text)}\" has {text.UntruncatedLength} tokens and was cut to the model's {text.Ids.Count}: words behind that do not count";
        foreach (ExplainedCell cell in cells)
        {
            string where = $"{explainers[cell.Explainer].Text} on {images[cell.Image].Name} with \"{Short(targets[cell.Target].Label)}\"";
            if (cell.Explanation.Image?.Undefined is { } map) yield return $"{where}: {map}";
            if (MethodNumbers.Of(cell.Explanation).Warning is { } warning) yield return $"{where}: {warning}";
            if (cell.Explanation.Text?.Undefined is { } words) yield return $"{where}: {words}";
        }
    }

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "...");
}
