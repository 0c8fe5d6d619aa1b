using System.Globalization;
using Pellucid.Abstractions.Heads;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Data;
using Pellucid.Host.Models;
using Pellucid.Modeling.Heads;
using Pellucid.Modeling.Heads.Fitting;

namespace Pellucid.Host.Heads;

/// <summary>Fits a linear head to embeddings of images, says by cross-validation how good it is, and writes it.</summary>
public sealed class HeadFitJob(ModelLocator models)
{
    /// <summary>Runs a job. Everything in the data file is checked before the model is loaded.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="path">The head's .safetensors file.</param>
    /// <param name="images">Told how many images are embedded, and of how many.</param>
    /// <param name="folds">Told how many folds are done, and of how many.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">The data, the options or the path cannot be used.</exception>
    public async Task<HeadFitResult> RunAsync(
        HeadFitSpec spec, string path, IProgress<(int Done, int Total)>? images, IProgress<(int Done, int Total)>? folds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        RequireWritable(path);
        if (!(spec.Regularization >= 0) || !double.IsFinite(spec.Regularization) || (spec.Regularization == 0 && spec.Method == HeadMethod.Logistic))
            throw new PellucidException($"--regularization is {spec.Regularization}; it is a number from 0{(spec.Method == HeadMethod.Logistic ? ", and above 0 for a logistic head" : string.Empty)}");
        HeadData data = HeadData.Read(spec);
        RequireFolds(spec, data);
        IVisionLanguageModel model = await models.LoadAsync(spec.Model, cancellationToken);
        (HostTensor embeds, _) = await ImageEmbeddings.OfFilesAsync(model, data.Images, spec.ImageLimits, images, cancellationToken);
        int width = (int)embeds.Shape[1];
        double[][] rows = [.. Enumerable.Range(0, data.Images.Count).Select(n => Array.ConvertAll(embeds.Floats.Slice(n * width, width).ToArray(), v => (double)v))];

        LinearFit Fit(int[] chosen) => spec.Method == HeadMethod.Ridge
            ? RidgeFit.Fit([.. chosen.Select(n => rows[n])], [.. chosen.Select(n => data.Values[n])], spec.Regularization, cancellationToken)
            : LogisticFit.Fit([.. chosen.Select(n => rows[n])], [.. chosen.Select(n => data.Labels[n])], data.Outputs.Count, spec.Regularization, cancellationToken);
        LinearFit fit = Fit([.. Enumerable.Range(0, rows.Length)]);
        double[][] fitted = [.. rows.Select(fit.Predict)];
        double[][]? unseen = spec.Folds == 0 ? null : CrossValidation.Predict(rows, CrossValidation.Folds(Groups(data), spec.Folds), Fit, folds);
        HeadFitResult result = new(spec, model.Description, rows.Length, [.. Accuracies(data, fitted, unseen)]);
        Save(path, data, fit, result);
        return result;
    }

    private static int[] Groups(HeadData data) => data.Labels.Count > 0 ? [.. data.Labels] : new int[data.Images.Count];

    private static IEnumerable<HeadAccuracy> Accuracies(HeadData data, double[][] fitted, double[][]? unseen)
    {
        if (data.Labels.Count > 0) yield return new HeadAccuracy("accuracy", Accuracy(data.Labels, fitted), unseen is null ? null : Accuracy(data.Labels, unseen));
        for (int o = 0; o < data.Outputs.Count && data.Values.Count > 0; o++)
            yield return new HeadAccuracy(data.Outputs[o], Determination(data.Values, fitted, o), unseen is null ? null : Determination(data.Values, unseen, o));
    }

    private static double Accuracy(IReadOnlyList<int> labels, double[][] logits) =>
        labels.Where((label, n) => Array.IndexOf(logits[n], logits[n].Max()) == label).Count() / (double)labels.Count;

    /// <summary>R^2: 1 - sum of squared errors / sum of squared deviations from the mean of all values.</summary>
    private static double Determination(IReadOnlyList<double[]> values, double[][] predictions, int output)
    {
        double mean = values.Average(v => v[output]);
        return 1 - (values.Select((v, n) => Math.Pow(v[output] - predictions[n][output], 2)).Sum() / values.Sum(v => Math.Pow(v[output] - mean, 2)));
    }

    private static void RequireFolds(HeadFitSpec spec, HeadData data)
    {
        if (spec.Folds == 0) return;
        if (spec.Folds < 2 || spec.Folds > data.Images.Count)
            throw new PellucidException($"--folds is {spec.Folds}; it lies between 2 and the number of images, {data.Images.Count} (0 leaves the cross-validation out)");
        for (int c = 0; c < data.Outputs.Count && data.Labels.Count > 0; c++)
        {
            if (data.Labels.Count(l => l == c) < 2)
                throw new PellucidException($"the class \"{data.Outputs[c]}\" has one image: a fit that has not seen it cannot know it; add images, leave the class out, or leave out the cross-validation with --folds 0");
        }
    }

    private static void RequireWritable(string path)
    {
        if (!path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)) throw new PellucidException($"--out is '{path}'; name a file that ends in .safetensors");
        if (Directory.Exists(path)) throw new PellucidException($"'{path}' is a folder; name a file for the head");
        if (File.Exists(path) && !HeadFile.IsHead(path)) throw new PellucidException($"'{path}' is there and is no head: name another file");
    }

    private static void Save(string path, HeadData data, LinearFit fit, HeadFitResult result)
    {
        int width = fit.Weights[0].Length, outputs = fit.Weights.Length;
        HeadLayer layer = new(
            HostTensor.Of([.. fit.Weights.SelectMany(w => w.Select(v => (float)v))], outputs, width),
            HostTensor.Of([.. fit.Biases.Select(b => (float)b)], outputs));
        static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        Dictionary<string, string> notes = new(StringComparer.Ordinal)
        {
            ["method"] = result.Spec.Method.ToString().ToLowerInvariant(),
            ["regularization"] = Text(result.Spec.Regularization),
            ["images"] = result.Images.ToString(CultureInfo.InvariantCulture),
            ["folds"] = result.Spec.Folds.ToString(CultureInfo.InvariantCulture),
        };
        foreach (HeadAccuracy accuracy in result.Accuracies) if (accuracy.CrossValidated is { } value) notes["cross_validated." + accuracy.Name] = Text(value);
        try
        {
            HeadFile.Save(path, data.Labels.Count > 0 ? HeadKind.Classification : HeadKind.Regression, data.Outputs, [layer], result.Model.ContentHash, notes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"the head cannot be written to '{path}': {e.Message}", e);
        }
    }
}
