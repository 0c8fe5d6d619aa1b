using Pellucid.Abstractions.Prompts;
using Pellucid.Host.Experiments.Files;

namespace Pellucid.Host.Reproduce;

/// <summary>A study that can be run: everything was checked that can be checked before.</summary>
/// <param name="Experiment">The experiment; its prompt files are named relative to its folder.</param>
/// <param name="Layout">Which unit is which map.</param>
public sealed record StudySetup(Experiment Experiment, StudyLayout Layout)
{
    /// <summary>File of the experiment.</summary>
    public const string ExperimentFile = "experiment.yaml";

    /// <summary>File of the classes with their prompt sentences.</summary>
    public const string PromptsFile = "prompts.json";

    /// <summary>File of the classes with their labels as the only text.</summary>
    public const string LabelsFile = "labels.json";

    /// <summary>The files that the experiment is made of, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files() => new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        [PromptsFile] = Json(Layout.Classes),
        [LabelsFile] = Json(StudyLayout.LabelsOf(Layout.Classes)),
        [ExperimentFile] = System.Text.Encoding.UTF8.GetBytes(ExperimentWriter.ToYaml(Experiment)),
    };

    private static byte[] Json(IReadOnlyList<PromptTexts> classes) => Output.JsonText.ToBytes(json =>
    {
        json.WriteStartObject();
        foreach (PromptTexts c in classes)
        {
            json.WriteStartArray(c.Name);
            foreach (string prompt in c.Prompts) json.WriteStringValue(prompt);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    });
}
