using Pellucid.Host.Reproduce.GradEclip;
using Pellucid.TestSupport;

namespace Pellucid.Host.Tests.Reproduce.GradEclip;

public sealed class PublishedValuesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pellucid-published-").FullName;
    private readonly HostServices _services;

    public PublishedValuesTests() => _services = new HostServices(
        new HostSettings { HostFolder = Path.Combine(RepositoryPaths.Root, "artifacts", "bin", "Pellucid.Host", "release"), StateFolder = Path.Combine(_folder, "state"), Device = "cpu" },
        HostServices.CreateDefaultRunner);

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_value_is_found_for_its_setting_however_explainer_and_metric_are_written()
    {
        string file = Path.Combine(_folder, "values.csv");
        // Columns in any order, options at their defaults written out.
        File.WriteAllText(file, "value,part,explainer,metric,data,model,source\n0.25,classification,\"grad-eclip( layers=1 )\",\"deletion(steps=100, score=top1)\",imagenet,ViT-B/16,\"by hand, table 1\"\n0.5,retrieval,rise,deletion-retrieval: auc text-retrieval@5,coco,ViT-B/16,by hand\n");
        PublishedValues values = PublishedValues.Read(file, _services);
        PaperSetting paper = new("imagenet", "ViT-B/16");
        string explainer = _services.Explainers.Parse("grad-eclip").Text, metric = _services.Metrics.Parse("deletion(score=top1)").Text;

        PublishedValue? found = values.Find("classification", explainer, metric, paper);

        Assert.Equal((0.25, "by hand, table 1"), (found!.Value, found.Source));
        Assert.Equal(0.5, values.Find("retrieval", "rise", "deletion-retrieval: auc text-retrieval@5", paper with { Data = "coco" })!.Value);
        Assert.Null(values.Find("prediction", explainer, metric, paper));
        Assert.Null(values.Find("classification", explainer, metric, paper with { Model = "ViT-B/32" }));
        Assert.Null(values.Find("classification", explainer, metric, paper with { Data = null }));
        Assert.Contains("are those of ViT-B/16 on imagenet", values.Describe(paper), StringComparison.Ordinal);
        Assert.Contains("has no value of ViT-B/32", values.Describe(paper with { Model = "ViT-B/32" }), StringComparison.Ordinal);
        Assert.Contains("none of the paper's data sets", values.Describe(paper with { Data = null }), StringComparison.Ordinal);
        Assert.Contains("layout of none of the published CLIP models", values.Describe(paper with { Model = null }), StringComparison.Ordinal);
    }
}
