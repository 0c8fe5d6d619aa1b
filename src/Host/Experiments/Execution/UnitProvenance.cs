using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;
using Pellucid.Host.Options;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>Where a result comes from and what it is about, as JSON beside it.</summary>
internal static class UnitProvenance
{
    private static readonly string Product = typeof(UnitProvenance).Assembly.GetName().Version!.ToString(3);

    /// <summary>Equal for all units that one explainer computes on one model in one environment and batch size, so that a store can keep it once.</summary>
    public static string Of(PlannedUnit unit, ExecutionEnvironment environment, ImagePreparation preparation, int targets) => StoredJson.Write(new
    {
        pellucid = Product,
        contract = ContractVersion.Current,
        model = unit.Model.Id,
        modelSha256 = unit.Model.Model.Description.ContentHash,
        tokenizerSha256 = unit.Model.Model.Tokenizer.ContentHash,
        adapter = unit.Model.Adapter,
        preparation = OptionNames.ToKebab(preparation.ToString()),
        explainer = unit.Explainer.Chosen.Text,
        explainerIdentity = unit.Explainer.Identity,
        source = unit.Explainer.Chosen.Source,
        device = environment.Device,
        deviceDetail = environment.DeviceDetail,
        engine = environment.Engine,
        threads = environment.Threads,
        targetsInRun = targets,
    });

    /// <summary>What the unit is about.</summary>
    public static string Subject(PlannedUnit unit) => StoredJson.Write(new
    {
        model = unit.Model.Id,
        item = unit.Item.Item.Id,
        imageSha256 = unit.Item.ImageHash,
        target = unit.Target.Identity,
        explainer = unit.Explainer.Chosen.Text,
        seed = unit.Item.Seed.ToString(),
    });
}
