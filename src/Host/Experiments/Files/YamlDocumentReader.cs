using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Pellucid.Host.Experiments.Files;

/// <summary>Reads the one document of a YAML file, within limits that keep hostile files harmless.</summary>
internal static class YamlDocumentReader
{
    private const int LongestFile = 1 << 20;
    private const int DeepestNesting = 24;

    /// <summary>The root mapping, or null after adding what is wrong.</summary>
    public static YamlMappingNode? Read(string text, ExperimentProblems problems)
    {
        if (text.Length > LongestFile)
        {
            problems.Add(Mark.Empty, $"an experiment file may have {LongestFile} characters at most; put long lists of texts into a prompts file");
            return null;
        }

        try
        {
            if (!Scan(text, problems)) return null;
            YamlStream stream = new();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }]) return root;
            if (stream.Documents.Count > 1) problems.Add(stream.Documents[1].RootNode, "one file holds one experiment: remove the further documents (after '---')");
            else problems.Add(new Mark(0, 1, 1), "an experiment is a list of 'key: value' lines with name, models, dataset and explainers; see docs/reference/experiment-file.md");
        }
        catch (YamlException e)
        {
            problems.Add(e.Start, $"this is no YAML: {Sentence(e)}");
        }

        return null;
    }

    /// <summary>Loading recurses, so nesting is looked at first; references would let a small file be a huge one.</summary>
    private static bool Scan(string text, ExperimentProblems problems)
    {
        Parser parser = new(new StringReader(text));
        int depth = 0;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case MappingStart or SequenceStart:
                    if (++depth <= DeepestNesting) break;
                    problems.Add(parser.Current.Start, $"nesting is deeper than {DeepestNesting}");
                    return false;
                case MappingEnd or SequenceEnd:
                    depth--;
                    break;
                case AnchorAlias alias:
                    problems.Add(alias.Start, $"references (*{alias.Value}) are not allowed in an experiment: write the value out");
                    return false;
            }
        }

        return true;
    }

    private static string Sentence(YamlException e)
    {
        string message = e.Message;
        int colon = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        return (colon >= 0 ? message[(colon + 3)..] : message).TrimEnd('.');
    }
}
