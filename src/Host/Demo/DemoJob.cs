using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Explaining;
using Pellucid.Host.Models;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Demo;

/// <summary>
/// Explains the embedded model on the embedded scenes. Each text names one object among several, so a good map lies on that
/// object; the pointing game counts how often it does.
/// </summary>
public sealed class DemoJob(HostServices services, ModelLocator models)
{
    /// <summary>Methods that are compared.</summary>
    public static readonly IReadOnlyList<string> Explainers = ["grad-eclip", "saliency"];

    private const string ModelId = "shapes-clip";
    private const int ShownScenes = 6;
    private const int ShownObjects = 2;

    /// <summary>Runs the demo.</summary>
    /// <exception cref="PellucidException">The embedded model or data set is missing, or a plugin that it needs is not active.</exception>
    public async Task<DemoResult> RunAsync(IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        ChosenExplainer[] explainers = [.. Explainers.Select(services.ChooseExplainer)];
        IVisionLanguageModel model = await models.LoadAsync(models.Find(ModelId), cancellationToken);
        ShapesScene[] scenes = [.. (await ShapesDataset.ReadAsync(services, cancellationToken)).Where(s => s.Objects.Count > 1)];
        Dictionary<string, TextInput> texts = await EmbedAsync(model, scenes, cancellationToken);
        HashSet<int> shown = Shown(scenes);
        List<DemoScene> kept = [];
        PointingTally[] tallies = [.. explainers.Select(e => new PointingTally { Explainer = e.Text })];
        for (int s = 0; s < scenes.Length; s++)
        {
            DemoScene[] explained = await ExplainAsync(model, scenes[s], explainers, texts, cancellationToken);
            foreach (DemoScene scene in explained)
            {
                for (int e = 0; e < tallies.Length; e++) tallies[e] = tallies[e].With(scene.Results[e].Hit);
            }

            if (shown.Contains(s)) kept.AddRange(explained.Take(ShownObjects));
            progress?.Report((s + 1, scenes.Length));
        }

        return new DemoResult(model.Description, kept, tallies, scenes.Length);
    }

    /// <summary>Scenes of at least three objects, evenly spread over the data set: chosen before any map is seen.</summary>
    private static HashSet<int> Shown(ShapesScene[] scenes)
    {
        int[] crowded = [.. Enumerable.Range(0, scenes.Length).Where(i => scenes[i].Objects.Count >= 3)];
        return [.. Enumerable.Range(0, ShownScenes).Select(i => crowded[i * crowded.Length / ShownScenes])];
    }

    private static async Task<Dictionary<string, TextInput>> EmbedAsync(IVisionLanguageModel model, ShapesScene[] scenes, CancellationToken cancellationToken)
    {
        string[] phrases = [.. scenes.SelectMany(s => s.Objects).Select(o => o.Phrase).Distinct(StringComparer.Ordinal)];
        IReadOnlyList<TextInput> texts = await model.PrepareTextsAsync(phrases, cancellationToken);
        return phrases.Zip(texts).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
    }

    private static async Task<DemoScene[]> ExplainAsync(
        IVisionLanguageModel model, ShapesScene scene, ChosenExplainer[] explainers, Dictionary<string, TextInput> texts, CancellationToken cancellationToken)
    {
        DecodedImage image = ImageDecoder.Decode(scene.ImagePath, cancellationToken: cancellationToken);
        ImageInput input = model.Prepare(image);
        var request = new ExplanationRequest
        {
            Model = model,
            Image = input,
            Targets = [.. scene.Objects.Select(o => new MatchingScoreTarget(texts[o.Phrase]))],
        };
        IReadOnlyList<Explanation>[] found = new IReadOnlyList<Explanation>[explainers.Length];
        for (int e = 0; e < explainers.Length; e++) found[e] = await explainers[e].Explainer.ExplainAsync(request, cancellationToken);
        return [.. scene.Objects.Select((o, k) =>
            new DemoScene(Path.GetFileName(scene.ImagePath), image, o, [.. found.Select(f => Point(f[k], input, o.Mask))]))];
    }

    private static (Explanation Explanation, HostTensor Map, bool? Hit) Point(Explanation explanation, ImageInput input, bool[] region)
    {
        HostTensor map = MapProjection.ToSource(explanation.Image!.Map, input.Geometry, explanation.Image.Upsampling);
        return (explanation, map, PointingGame.IsHit(map.Floats, region));
    }
}
