namespace Pellucid.Host.Experiments.Files;

/// <summary>The JSON schema of experiment files, for editors; published as docs/reference/experiment.schema.json.</summary>
public static class ExperimentSchema
{
    private const string Resource = "experiment.schema.json";

    /// <summary>The schema (draft 2020-12).</summary>
    public static string Text
    {
        get
        {
            using Stream stream = typeof(ExperimentSchema).Assembly.GetManifestResourceStream(Resource)!;
            using StreamReader reader = new(stream);
            return reader.ReadToEnd();
        }
    }
}
