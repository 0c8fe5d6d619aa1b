using Pellucid.Graphs;
using Pellucid.Host.Data;

namespace Pellucid.Host.Experiments.Files;

/// <summary>An experiment with the place it came from.</summary>
public sealed class ExperimentFile
{
    /// <summary>Bytes: four for each character that an experiment may have.</summary>
    private const int LargestFile = 4 << 20;

    private ExperimentFile(Experiment? experiment, string folder, ExperimentProblems problems)
    {
        Parsed = experiment;
        Folder = folder;
        Problems = problems;
    }

    /// <summary>The experiment.</summary>
    /// <exception cref="ExperimentException">Its file could not be understood.</exception>
    public Experiment Experiment
    {
        get
        {
            Problems.ThrowIfAny();
            return Parsed!;
        }
    }

    /// <summary>Folder that relative paths in it start from.</summary>
    public string Folder { get; }

    /// <summary>What is wrong with it; checks that need plugins, models or data add to it.</summary>
    public ExperimentProblems Problems { get; }

    /// <summary>What could be read, complete only where nothing is wrong; null where there is no experiment in the file.</summary>
    internal Experiment? Parsed { get; private init; }

    /// <summary>Reads a file. What is wrong inside it is told of later, together with what only plugins, models and data can show.</summary>
    /// <param name="path">A YAML file.</param>
    /// <exception cref="PellucidException">It cannot be read.</exception>
    public static ExperimentFile Read(string path)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new PellucidException("the experiment file has no name");
        try
        {
            if (Directory.Exists(path)) throw new PellucidException($"'{path}' is a folder; give the experiment's YAML file");
            return Parse(TextFile.Read(path, LargestFile), path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"the experiment file '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads YAML.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="folder">Folder that relative paths in it start from.</param>
    public static ExperimentFile Parse(string text, string name, string folder)
    {
        ExperimentProblems problems = new(name);
        return new ExperimentFile(ExperimentReader.Read(text, problems), folder, problems);
    }

    /// <summary>An experiment that a preset made.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">Folder that relative paths in it start from.</param>
    public static ExperimentFile Of(Experiment experiment, string folder)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        // By way of its text, so that it is checked like any other and its problems have places.
        return Parse(ExperimentWriter.ToYaml(experiment), $"experiment {experiment.Name}", folder);
    }

    /// <summary>The same place with another experiment, for options that override what the file says.</summary>
    internal ExperimentFile With(Func<Experiment, Experiment> change) => new(Parsed is null ? null : change(Parsed), Folder, Problems);
}
