"""The one program: `yicha COMMAND`. A command's module is loaded when it is called, not before."""

from __future__ import annotations

import os
from importlib import import_module

import click

COMMANDS = {
    "up": ("yicha_cli.up:up", "Start everything on this machine 一键启动全套产品"),
    "test": ("yicha_cli.test:test", "Run all tests, arguments go to pytest 运行全部测试"),
    "check": ("yicha_cli.check:check", "Lint, types, architecture, contracts 静态检查与契约校验"),
    "tour": ("tour.cli:tour", "Play the main job against a running product 走一遍完整检查流程"),
    "web": ("yicha_cli.web:web", "Serve the API of one service, or of all 运行接口进程"),
    "worker": ("yicha_cli.worker:worker", "Relay, consumers and jobs of a service 运行后台进程"),
    "provision": ("yicha_cli.database:provision", "Make roles and schemas in a database 建库角色与模式"),
    "migrate": ("yicha_cli.database:migrate", "Bring schemas to the newest revision 数据库升级"),
    "secrets": ("yicha_cli.database:secrets", "Make the keys that are missing 生成缺少的密钥"),
    "rotate": ("yicha_cli.rotate:rotate", "Make a new signing key 更换签名密钥"),
    "audit": ("yicha_cli.audit:audit", "Check the chain of the audit 核验审计链"),
    "demo": ("yicha_cli.demo:demo", "Load the demo city 载入示范城市"),
    "import": ("services.registry.cli:import_", "Load a CSV or xlsx into the registry 导入表格"),
    "events": ("events.cli:events", "Look at and repair the log of events 查看与修复事件日志"),
    "openapi": ("yicha_cli.openapi:openapi", "Write the API documents 导出接口文档"),
    "draw": ("services.inspection.draws.cli:draw", "Check a draw by drawing again 核验双随机抽取"),
    "rules": ("services.inspection.gate.cli:rules", "Print the rules of the gate 列出把关规则"),
    "joint-plan": ("services.inspection.planner.cli:joint_plan", "Plan the fewest visits 综合查一次计划"),
    "simulate": ("services.inspection.simulation.cli:simulate", "Try a profile on past orders 规则推演"),
    "rebuild": ("services.oversight.cli:rebuild", "Build oversight's read models anew 重建监督数据"),
}


class Lazy(click.Group):
    """`--help` needs no command's module, and a start costs only what the command needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        return getattr(import_module(module), name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands 命令"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


TOOLS = frozenset({"audit", "import", "events", "rebuild", "rotate", "joint-plan", "simulate"})


def adopt_running_stack() -> None:
    """Without a configuration of their own, the tools work on the product that `yicha up` runs here."""
    if not any(name.endswith("_DATABASE_URL") for name in os.environ if name.startswith("YICHA_")):
        from deploy.local.folder import Folder, default_folder

        os.environ.update(Folder(default_folder()).environment())


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """一查 Yicha: inspections of enterprises, checked once."""
    if context.invoked_subcommand in TOOLS:
        adopt_running_stack()
    if context.invoked_subcommand == "events":
        from services.chassis.audit.witness import redriven

        context.obj = redriven


if __name__ == "__main__":
    main(prog_name="yicha")
