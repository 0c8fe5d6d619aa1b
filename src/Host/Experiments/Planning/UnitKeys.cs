using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;
using Pellucid.Host.Options;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>
/// Keys of units and of metrics on them. Everything that decides a number is in its key; nothing else is, so that another batch size, another
/// metric or another name of the experiment finds what was computed before.
/// </summary>
public static class UnitKeys
{
    private static readonly string Product = typeof(UnitKeys).Assembly.GetName().Version!.ToString(3);

    /// <summary>Key of what a model predicts for an image.</summary>
    /// <param name="model">Identity of the model: its content, tokenizer and adapter.</param>
    /// <param name="image">Content hash of the image.</param>
    /// <param name="preparation">How the image is brought to the model's input.</param>
    /// <param name="candidates">Identity of what it chooses among.</param>
    public static string Prediction(string model, string image, ImagePreparation preparation, string candidates) => ContentKey.Of(
        "pellucid/prediction/1",
        ("product", Product), ("contract", ContractVersion.Current), ("code", CodeIdentity.Host), ("model", model), ("image", image),
        ("preparation", OptionNames.ToKebab(preparation.ToString())), ("candidates", candidates));

    /// <summary>Key of a unit.</summary>
    /// <param name="model">Identity of the model: its content, tokenizer and adapter.</param>
    /// <param name="image">Content hash of the image.</param>
    /// <param name="preparation">How the image is brought to the model's input.</param>
    /// <param name="target">Identity of the target.</param>
    /// <param name="explainer">Identity of the explainer with all its options.</param>
    /// <param name="seed">Seed of the unit.</param>
    public static string Unit(string model, string image, string preparation, string target, string explainer, ulong seed) => ContentKey.Of(
        "pellucid/unit/2",
        ("product", Product), ("contract", ContractVersion.Current), ("code", CodeIdentity.Host), ("model", model), ("image", image), ("preparation", preparation),
        ("target", target), ("explainer", explainer), ("seed", seed.ToString()));

    /// <summary>Key of a metric on a unit.</summary>
    /// <param name="unit">Key of the unit.</param>
    /// <param name="metric">Identity of the metric with all its options.</param>
    /// <param name="mask">Content hash of the region it is given; empty for none.</param>
    /// <param name="candidates">The texts or classes that it is given as choices; empty for none.</param>
    public static string Metric(string unit, string metric, string mask, string candidates) =>
        ContentKey.Of("pellucid/metric/1", ("unit", unit), ("metric", metric), ("mask", mask), ("candidates", candidates));

    /// <summary>Seed of all units of an item: independent of what else is in the experiment.</summary>
    /// <param name="experiment">Seed of the experiment.</param>
    /// <param name="item">Id of the item.</param>
    public static ulong Seed(ulong experiment, string item) => ContentKey.SeedOf("pellucid/seed/1", ("experiment", experiment.ToString()), ("item", item));
}
