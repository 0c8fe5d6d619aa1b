using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace TestPlugins.Healthy;

public sealed class HealthyPlugin : IPlugin
{
    public void Register(IServiceCollection services) => services
        .AddExplainer<PlainExplainer, NoOptions>("plain", "Has no options.", "tests")
        .AddExplainer<RichExplainer, RichOptions>("rich", "Has options of every type.", "tests")
        .AddExplainer<RefusingExplainer, NoOptions>("refusing", "Its constructor throws.", "tests")
        .AddModelAdapter<NothingAdapter>();
}
