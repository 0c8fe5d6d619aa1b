using YamlDotNet.RepresentationModel;

namespace Pellucid.Host.Experiments.Files;

/// <summary>Reads one entry of <c>texts</c>: a text, or a mapping that says where texts come from.</summary>
internal static class TextSourceReader
{
    private static readonly string[] Sources = ["labels", "captions", "regions", "attributes", "prompts"];

    public static TextSource? Read(YamlNode node, string path, ExperimentProblems problems)
    {
        if (node is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)) return new GivenTexts([text]);
        if (node is not YamlMappingNode mapping)
        {
            problems.Add(node, $"{path} takes a text, or a mapping with 'from', not {YamlMap.Shown(node)}");
            return null;
        }

        string from = mapping.Children.FirstOrDefault(c => c.Key is YamlScalarNode { Value: "from" }).Value is YamlScalarNode { Value: { } given } ? given : string.Empty;
        switch (from)
        {
            case "labels":
                return Labels(new YamlMap(mapping, path, problems, "from", "template", "of", "only"));
            case "captions":
                return new CaptionTexts(new YamlMap(mapping, path, problems, "from", "which").Choice("which", CaptionScope.First) == CaptionScope.All);
            case "regions":
                _ = new YamlMap(mapping, path, problems, "from");
                return new RegionTexts();
            case "attributes":
                return Attributes(new YamlMap(mapping, path, problems, "from", "of", "template"));
            case "prompts":
                return Prompts(new YamlMap(mapping, path, problems, "from", "file", "of", "only", "per-class"));
            default:
                YamlMap wrong = new(mapping, path, problems, [.. mapping.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? string.Empty)]);
                if (wrong.Require("from", $"one of {string.Join(", ", Sources)} (a text with ': ' in it needs quotes)"))
                    wrong.Wrong("from", $"texts cannot come from '{from}'; known: {string.Join(", ", Sources)}{Graphs.NearestNames.Suffix(from, Sources)}");
                return null;
        }
    }

    private static LabelTexts Labels(YamlMap map)
    {
        string template = map.Text("template") ?? LabelTexts.Placeholder;
        if (!template.Contains(LabelTexts.Placeholder, StringComparison.Ordinal))
            map.Wrong("template", $"a template needs {LabelTexts.Placeholder} where the class goes, as in \"a photo of a {LabelTexts.Placeholder}\"");
        return new LabelTexts(template, map.Choice("of", TextScope.Item), map.Texts("only"));
    }

    private static AttributeTexts? Attributes(YamlMap map)
    {
        string template = map.Text("template") ?? AttributeTexts.Placeholder;
        if (!template.Contains(AttributeTexts.Placeholder, StringComparison.Ordinal))
            map.Wrong("template", $"a template needs {AttributeTexts.Placeholder} where the value goes, as in \"a {AttributeTexts.Placeholder} object\"");
        return map.Require("of", "an attribute that regions of the data set have, such as colour") ? new AttributeTexts(map.Text("of") ?? string.Empty, template) : null;
    }

    private static PromptFileTexts? Prompts(YamlMap map)
    {
        if (!map.Require("file", "a JSON file with an object: a list of texts for each class")) return null;
        TextScope of = map.Choice("of", TextScope.Item);
        if (of == TextScope.Predicted) map.Wrong("of", "single prompts are not predicted: for the predicted class of a prompts file take targets of 'kind: class' with 'of: predicted'");
        return new PromptFileTexts(map.Text("file") ?? string.Empty, of, map.Texts("only"), (int?)map.Whole("per-class", 1, int.MaxValue));
    }

    private enum CaptionScope
    {
        First,
        All,
    }
}
