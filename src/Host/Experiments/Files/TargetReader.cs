using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;
using YamlDotNet.RepresentationModel;

namespace Pellucid.Host.Experiments.Files;

/// <summary>Reads one entry of <c>targets</c>.</summary>
internal static class TargetReader
{
    private static readonly Dictionary<string, string[]> Keys = new(StringComparer.Ordinal)
    {
        ["matching"] = ["score"],
        ["contrast"] = ["against", "score"],
        ["class"] = ["prompts", "template", "of", "form", "score", "ensemble", "padding"],
        ["embedding-dimension"] = ["dimensions"],
        ["tap"] = ["taps"],
        ["head"] = ["heads", "form"],
    };

    public static TargetChoice? Read(YamlNode node, string path, ExperimentProblems problems)
    {
        if (node is not YamlMappingNode mapping)
        {
            problems.Add(node, $"{path} takes a mapping such as {{ kind: matching, score: cosine }}, not {YamlMap.Shown(node)}");
            return null;
        }

        string kind = mapping.Children.FirstOrDefault(c => c.Key is YamlScalarNode { Value: "kind" }).Value is YamlScalarNode { Value: { } given } ? given : string.Empty;
        // Where the kind is not known, no key can be said to be wrong.
        string[] keys = Keys.TryGetValue(kind, out string[]? own) ? ["kind", .. own, "explainers"] : [.. mapping.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? string.Empty)];
        YamlMap map = new(mapping, path, problems, keys);
        TargetChoice? choice = kind switch
        {
            "matching" => new MatchingChoice(map.Choice("score", ScoreKind.Cosine)),
            "contrast" => Contrast(map),
            "class" => Class(map),
            "embedding-dimension" => Dimensions(map),
            "tap" => Taps(map),
            "head" => Heads(map),
            _ => Unknown(map, kind),
        };
        return choice is null ? null : choice with { Explainers = map.Texts("explainers") };
    }

    private static ContrastChoice? Contrast(YamlMap map) =>
        map.Require("against", "the text, or texts, to compare with") ? new ContrastChoice(map.Texts("against"), map.Choice("score", ScoreKind.Cosine)) : null;

    private static ClassChoice Class(YamlMap map)
    {
        string template = map.Text("template") ?? LabelTexts.Placeholder;
        if (map.Has("prompts") && map.Has("template")) map.Wrong("template", "a template is for the labels of the data set; with a prompts file leave it out");
        if (!template.Contains(LabelTexts.Placeholder, StringComparison.Ordinal)) map.Wrong("template", $"a template needs {LabelTexts.Placeholder} where the class goes");
        return new ClassChoice
        {
            Prompts = map.Text("prompts"),
            Template = template,
            Of = map.Choice("of", TextScope.Item),
            Form = map.Choice("form", ClassScore.Logit),
            Score = map.Choice("score", ScoreKind.Logit),
            Ensemble = map.Choice("ensemble", PromptEnsemble.Mean),
            Padding = map.Choice("padding", PromptPadding.None),
        };
    }

    private static EmbeddingDimensionChoice? Dimensions(YamlMap map) =>
        map.Require("dimensions", "list the dimensions to explain, from 0 on") ? new EmbeddingDimensionChoice(map.Wholes("dimensions", 0)) : null;

    private static TapChoice? Taps(YamlMap map)
    {
        if (!map.Require("taps", "list elements to explain, such as vision.blocks.3.output[5,17]")) return null;
        IReadOnlyList<string> taps = map.Texts("taps");
        foreach (string tap in taps)
        {
            try
            {
                _ = TapTarget.Parse(tap);
            }
            catch (PellucidException e)
            {
                map.Wrong("taps", e.Message);
            }
        }

        return new TapChoice(taps);
    }

    private static HeadChoice? Heads(YamlMap map) =>
        map.Require("heads", "list head files, such as severity.safetensors or severity.safetensors:output") ? new HeadChoice(map.Texts("heads"), map.Choice("form", ClassScore.Logit)) : null;

    private static TargetChoice? Unknown(YamlMap map, string kind)
    {
        if (map.Require("kind", $"one of {string.Join(", ", Keys.Keys)}"))
            map.Wrong("kind", $"there is no kind of target '{kind}'; known: {string.Join(", ", Keys.Keys)}{NearestNames.Suffix(kind, Keys.Keys)}");
        return null;
    }
}
