using Pellucid.Host.Experiments.Planning;
using Pellucid.TestSupport;

namespace Pellucid.Host.Tests.Experiments;

/// <summary>What identifies a computation changes with the content of the files that its options name.</summary>
public sealed class PartIdentityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pellucid-identity-").FullName;
    private readonly HostServices _services;

    public PartIdentityTests() => _services = new HostServices(
        new HostSettings { HostFolder = Path.Combine(RepositoryPaths.Root, "artifacts", "bin", "Pellucid.Host", "release"), StateFolder = Path.Combine(_folder, "state"), Device = "cpu" },
        HostServices.CreateDefaultRunner);

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("lime(mask={0})")]
    [InlineData("noise-tunnel(inner=integrated-gradients(baseline=image, baseline-image={0}))")]
    [InlineData("expected-gradients(background=[black, {1}])")]
    public async Task The_content_of_files_counts(string pattern)
    {
        string images = Directory.CreateDirectory(Path.Combine(_folder, "images")).FullName, file = Path.Combine(images, "a.png");
        string spec = pattern.Replace("{0}", file, StringComparison.Ordinal).Replace("{1}", images, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "one", TestContext.Current.CancellationToken);
        string before = Identity(spec);
        Assert.Equal(before, Identity(spec));
        await File.WriteAllTextAsync(file, "two", TestContext.Current.CancellationToken);
        Assert.NotEqual(before, Identity(spec));
    }

    [Fact]
    public void Options_that_are_no_files_count_by_their_text_alone() =>
        Assert.DoesNotContain(" with ", Identity("expected-gradients(background=[black])"), StringComparison.Ordinal);

    private string Identity(string spec) => PartIdentity.Of(_services.Explainers.Parse(spec));
}
