using System.Globalization;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;
using Pellucid.Host.Classifying;
using Pellucid.Host.Datasets;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Models;
using Pellucid.Host.Reproduce.Sections;
using Pellucid.Modeling.Prompts;

namespace Pellucid.Host.Reproduce;

/// <summary>Makes the experiment of Hashmi et al. 2024 for a model and a data set. Nothing is written.</summary>
/// <param name="services">The host's services.</param>
/// <param name="models">Finds and loads models.</param>
public sealed class StudyPlanner(HostServices services, ModelLocator models)
{
    /// <summary>Name of the study.</summary>
    public const string Name = "envisioning-medclip";

    /// <summary>Checks, and makes the experiment.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">Something asked for cannot be used.</exception>
    public async Task<StudySetup> PlanAsync(ReproduceSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ModelSource source = models.Find(spec.Model);
        foreach (string method in spec.Methods) services.Explainers.Parse(method);
        IReadOnlyList<PromptTexts> classes = PromptFile.Read(ClassifyJob.OwnPrompts(source, spec.Prompts));
        if (spec.Classes.Count > 0) classes = PromptFile.Select(classes, spec.Classes);
        if (classes.Count < 2) throw new PellucidException("maps of different classes are compared, so at least two classes are needed");
        DatasetLocator datasets = new(services);
        string data = datasets.Find(spec.Data, Environment.CurrentDirectory);
        IReadOnlyList<DatasetItem> items = await ReadAsync(datasets.Reader(data), data, cancellationToken);
        CheckClasses(classes, items, spec.Data);

        // By the name that the experiment gives it, so that it is loaded once for both.
        string name = models.Known().Any(m => m.Id == source.Id) ? source.Id : source.Path;
        IVisionLanguageModel model = await models.LoadAsync(models.Find(name), cancellationToken);
        StudyMethod[] methods = [.. (spec.Methods.Count > 0 ? spec.Methods : Standard(model.Description.ImageSize, spec.Steps)).Select(Method)];
        if (methods.DistinctBy(m => m.Plain).Count() < methods.Length) throw new PellucidException("--methods names a method twice");
        return new StudySetup(Experiment(spec, name, datasets.Known.Contains(spec.Data, StringComparer.Ordinal) ? spec.Data : data, methods), new StudyLayout(methods, classes));
    }

    /// <summary>The methods of the paper's figure 1. Signed gradients, so that every one of them is linear in the target and fuses in one run.</summary>
    private static string[] Standard(ImageSize input, int steps)
    {
        int window = Math.Max(1, Math.Min(input.Height, input.Width) / 14);
        return
        [
            "saliency(abs=false)", "input-x-gradient", string.Create(CultureInfo.InvariantCulture, $"integrated-gradients(steps={steps})"),
            string.Create(CultureInfo.InvariantCulture, $"gradient-shap(samples={steps})"), string.Create(CultureInfo.InvariantCulture, $"occlusion(window={window})"),
        ];
    }

    private static async Task<IReadOnlyList<DatasetItem>> ReadAsync(IDatasetReader reader, string path, CancellationToken cancellationToken)
    {
        List<DatasetItem> items = [];
        await foreach (DatasetItem item in reader.ReadAsync(new DatasetRequest(path), cancellationToken)) items.Add(item);
        return items.Count > 0 ? items : throw new PellucidException($"there is no image in the data set '{path}'");
    }

    private static void CheckClasses(IReadOnlyList<PromptTexts> classes, IReadOnlyList<DatasetItem> items, string data)
    {
        string[] labels = [.. items.SelectMany(i => i.Labels).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (labels.Length == 0) throw new PellucidException($"the images of '{data}' have no labels, and the study compares maps of the findings that an image has with others: give a data set with labels and regions (COCO layout)");
        string[] unknown = [.. classes.Select(c => c.Name).Where(c => !labels.Contains(c, StringComparer.Ordinal))];
        if (unknown.Length > 0)
            throw new PellucidException($"{string.Join(", ", unknown.Select(u => $"class \"{u}\""))} of the prompts {(unknown.Length == 1 ? "is" : "are")} no label of the data set '{data}', which has {string.Join(", ", labels.Take(30))}{NearestNames.Suffix(unknown[0], labels)}; --classes chooses those to take");
    }

    private StudyMethod Method(string spec)
    {
        IExplainer explainer = services.Explainers.Create(services.Explainers.Parse(spec));
        string plain = services.Explainers.Parse(spec).Text;
        // Named, not auto: what lies in the cache of maps must not decide what a result says of itself.
        string plan = explainer is ILinearExplainer { IsLinearInTarget: true } ? "fused" : "maps";
        return new StudyMethod(plain, plain, services.Explainers.Parse($"embedding-fusion(inner={plain}, plan={plan})").Text);
    }

    private static IReadOnlyList<string> Sections(ReproduceSpec spec)
    {
        string[] sections = [ClaimsSection.Id, PlainFigureSection.Id, FusedFigureSection.Id, MeasuresSection.Id];
        return spec.ClassifiedImages == 0 ? sections : [.. sections, string.Create(CultureInfo.InvariantCulture, $"{ZeroShotSection.Id}(images={spec.ClassifiedImages})")];
    }

    private static Experiment Experiment(ReproduceSpec spec, string model, string data, StudyMethod[] methods)
    {
        string[] plain = [.. methods.Select(m => m.Plain)], fused = [.. methods.Select(m => m.Fused)];
        return new Experiment
        {
            Name = Name,
            Seed = spec.Seed,
            Models = [model],
            Dataset = new DatasetChoice { Path = data, Limit = spec.Limit },
            Targets =
            [
                new ClassChoice { Prompts = StudySetup.PromptsFile, Of = TextScope.All, Form = ClassScore.Probability, Score = ScoreKind.Logit, Explainers = plain },
                new ClassChoice { Prompts = StudySetup.PromptsFile, Of = TextScope.All, Form = ClassScore.Logit, Score = ScoreKind.Linear, Explainers = fused },
                new ClassChoice { Prompts = StudySetup.LabelsFile, Of = TextScope.All, Form = ClassScore.Logit, Score = ScoreKind.Linear, Explainers = fused },
            ],
            Explainers = [.. plain, .. fused],
            Report = new ReportChoice { Title = "Envisioning MedCLIP", Sections = Sections(spec) },
        };
    }
}
