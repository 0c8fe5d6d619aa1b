using System.CommandLine;
using Pellucid.Abstractions.Prompts;

namespace Pellucid.Host.Cli;

/// <summary>Options of commands that read prompt sets.</summary>
internal static class PromptOptions
{
    public static Option<string?> Prompts { get; } = new("--prompts") { Description = "A JSON file of classes, each with a list of prompts; by default prompts.json in the model's folder.", HelpName = "file" };

    public static Option<string> Ensemble { get; } = Choice<PromptEnsemble>("--ensemble", "How an image's scores with the prompts of a class become one.");

    public static Option<string> Padding { get; } = Choice<PromptPadding>("--padding", "How prompts are padded, for models that read padding: not at all, or a class to its longest prompt as MedCLIP's code does.");

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(Prompts);
        command.Options.Add(Ensemble);
        command.Options.Add(Padding);
    }

    public static T Read<T>(ParseResult parsed, Option<string> option)
        where T : struct, Enum => Enum.Parse<T>(parsed.GetValue(option)!, ignoreCase: true);

    /// <summary>The value of an option that was given; null where it was not.</summary>
    public static T? ReadGiven<T>(ParseResult parsed, Option<string> option)
        where T : struct, Enum => parsed.GetResult(option) is { Implicit: false } ? Read<T>(parsed, option) : null;

    /// <summary>An option that takes the names of an enumeration; its first is the default.</summary>
    public static Option<string> Choice<T>(string name, string description)
        where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())];
        Option<string> option = new(name) { Description = description, DefaultValueFactory = _ => names[0] };
        option.AcceptOnlyFromAmong(names);
        return option;
    }
}
