import { sharedZh } from '../../shared/words/zh.ts';
import type { Words } from './en.ts';

/** 管理后台的中文文字，结构与 `en.ts` 相同。 */
export const zh: Words = {
  ...sharedZh,
  nav: {
    admin: '管理后台', skip: '跳到内容', main: '主导航', menu: '菜单', close: '关闭', overview: '概览', orders: '订单', products: '商品', stock: '库存', customers: '客户', ledger: '账簿',
    shop: '前往商城', signOut: '退出登录', otherLanguage: 'Switch to English', toLight: '使用浅色', toDark: '使用深色',
  },
  roles: { customer: '顾客', merchant: '商家', ops: '运维', partner: '合作方', admin: '管理员' },
  door: {
    title: '登录', email: '邮箱', password: '密码', submit: '登录', busy: '正在登录……', missing: '请输入邮箱和密码。', wait: '请在 {{seconds}} 秒后再试。',
    demo: '试用账号：admin@gomall.example、merchant@ 或 ops@，密码 gomall-demo。',
    notStaff: '这里仅供员工使用', notStaffText: '您以 {{email}} 登录。该账号可以购物，但没有后台权限，管理员可以为它分配角色。', other: '换个账号登录', toShop: '前往商城',
  },
  toast: { region: '消息', undo: '撤销', close: '关闭消息' },
  dialog: { cancel: '返回', busy: '请稍候……' },
  elsewhere: { missing: '这个地址没有页面', missingText: '页面可能已移动，或地址有误。', locked: '您的角色无权打开此页', lockedText: '需要权限 {{scope}}，管理员可以授予。', home: '前往概览' },
  palette: {
    open: '搜索或跳转……', title: '搜索与命令', placeholder: '订单号、邮箱、商品或命令', none: '没有找到。', help: '↑ ↓ 选择，Enter 打开，Esc 关闭',
    goTo: '前往', settings: '设置', toShip: '待发货订单', stuck: '卡住的订单', low: '低库存', newProduct: '新建商品',
  },
  list: { clear: '清除', clearAll: '显示全部', pages: '分页', range: '第 {{from}}–{{to}} 条，共 {{total}} 条', total: '共 {{total}} 条', previous: '上一页', next: '下一页', first: '回到第一页', comma: '、' },
  orderStatus: { PENDING: '处理中', CONFIRMED: '待发货', SHIPPED: '已发货', DELIVERED: '已送达', CANCELLED: '已取消' },
  paymentStatus: { NONE: '未付款', ACTION_REQUIRED: '银行确认中', AUTHORISED: '已预授权', CAPTURED: '已付款', DECLINED: '被拒绝', VOIDED: '已释放', PARTIALLY_REFUNDED: '部分退款', REFUNDED: '已退款' },
  overview: {
    title: '概览', today: '今日订单', todaySum: '今日订单金额', toShip: '待发货', pending: '处理中', stuck: '卡住', low: '低库存', newest: '最新订单', all: '全部订单', allLow: '全部低库存', noLow: '没有低库存，所有规格都高于预警值。',
    noOrders: '还没有订单，第一笔会自动出现在这里。', atLeast: '{{count}}+', allWell: '一切正常', needsYou: '需要人工处理', free: '可售 {{available}} / 在库 {{onHand}}', newOrder: '新订单 {{number}}。', fellLow: '{{name}} 库存不足：剩 {{available}}。',
  },
  orders: {
    one: '订单', views: '视图', view: { all: '全部', toShip: '待发货', pending: '处理中', sent: '已发货', cancelled: '已取消', stuck: '卡住' }, search: '搜索订单', searchHint: '订单号或邮箱',
    none: '还没有订单', noneText: '新订单会自动出现在这里。', noneHere: '没有符合的订单', noneHereText: '请去掉一个筛选条件，或输入订单号、邮箱的开头。', unknown: '没有这个订单', unknownText: '链接可能不完整。',
    number: '订单', placed: '下单时间', placedOn: '下单于 {{date}}', customer: '顾客', status: '状态', payment: '付款', items: '件数', total: '合计', stuckBadge: '卡住', guest: '访客', address: '收货地址', timeline: '时间线',
    lines: '商品', item: '商品', unitPrice: '单价', quantity: '数量', lineTotal: '小计', subtotal: '商品金额', discount: '优惠', shipping: '运费', tax: '税费', refunded: '已退款',
    shipment: '物流', carrier: '承运商', tracking: '运单号', shippedAt: '交运时间', reason: '原因（可选）', reasonHint: '会随订单保存。',
    ship: '发货', shipTitle: '订单 {{number}} 发货', shipText: '收件人 {{name}}。买家可在订单页看到承运商和运单号。', shipYes: '交给承运商', shipped: '订单 {{number}} 已发出。',
    cancel: '取消订单', cancelTitle: '取消订单 {{number}}？', cancelText: '{{email}} 的整笔订单将被取消，{{amount}} 将退回或释放，商品退回库存。此操作无法撤销。', cancelYes: '确认取消订单', cancelled: '正在取消订单 {{number}}。',
    refund: '退款', deliver: '标记为已送达', deliverTitle: '订单 {{number}} 已送达？', deliverText: '将把 {{name}} 的包裹记为已送达，此操作不可撤销。', delivered: '订单 {{number}} 已送达。', resume: '重试', resumeTitle: '让订单 {{number}} 继续？', resumeText: '将再次执行步骤“{{step}}”。上次停在：{{error}}', resumeAny: '将再次执行此订单卡住的步骤。', resumed: '订单 {{number}} 继续处理。',
  },
  refund: {
    title: '订单 {{number}} 退款', way: '退款方式', ways: { whole: '全部余额', lines: '按商品', amount: '按金额' }, amount: '金额（{{currency}}）', amountWrong: '请输入金额，例如 12.50。', unitsOf: '{{name}} 的件数，最多 {{max}}',
    paid: '已付', before: '此前已退', now: '本次退款', stays: '保留金额', tooMuch: '最多可退 {{amount}}。', rounding: '此前退过款，金额可能因取整相差一个最小单位。', yes: '退款 {{amount}}', done: '{{amount}} 正在退回（订单 {{number}}）。',
  },
  saga: {
    title: '结账流程', none: '没有可显示的结账流程。', step: '步骤', stepState: '状态', attempts: '次数', error: '原因',
    state: { RUNNING: '进行中', DONE: '完成', UNDOING: '回退中', UNDONE: '已回退', STUCK: '需要人工处理' },
    step_: { PENDING: '未开始', ASKED: '已请求', WAITING: '等待中', DONE: '完成', REFUSED: '被拒绝', UNDOING: '回退中', UNDONE: '已回退', SKIPPED: '无需执行', STUCK: '卡住' },
    name: { 'hold-stock': '预留库存', 'authorise-payment': '预授权付款', 'confirm-hold': '确认订单', 'take-stock': '商品出库', 'capture-payment': '收款', 'clear-cart': '清空购物车', decided: '已决定', 'refund-payment': '退款', 'return-stock': '商品退回库存' },
  },
  payments: {
    title: '付款与账目', none: '没有发起付款。', silent: '付款服务暂时没有响应。', provider: '渠道', asked: '请求金额', captured: '已收', refunded: '已退', reference: '渠道编号', entries: '账目', when: '时间', kind: '类型', debit: '借', credit: '贷', amount: '金额',
    kinds: { AUTHORISE: '预授权', CAPTURE: '收款', VOID: '释放', REFUND: '退款' },
  },
  products: {
    search: '搜索商品', searchHint: '名称、SKU 或地址', show: '显示', live: '在售', archived: '已下架', all: '全部', none: '还没有商品', noneText: '新建第一个商品，或导入目录。', noneHere: '没有符合的商品', noneHereText: '请减少或更换关键词。',
    create: '新建商品', name: '商品', variants: '规格', price: '价格', available: '可售', changed: '更新时间', missingLanguage: '缺少{{language}}', archivedBadge: '已下架', actions: '操作', archive: '下架', restore: '重新上架',
    archiveTitle: '下架“{{name}}”？', archiveText: '它将无法被搜索和购买。订单中的链接会保留，也可以随时重新上架。', archivedDone: '“{{name}}”已下架。', restoredDone: '“{{name}}”已重新上架。', movedOn: '其他人刚修改过该商品。列表已更新，请再试一次。',
    chosen_one: '已选 {{count}} 个商品', chosen_other: '已选 {{count}} 个商品', choose: '选择 {{name}}', archiveMany_one: '下架 {{count}} 个商品', archiveMany_other: '下架 {{count}} 个商品', archivedMany_one: '{{count}} 个商品已下架。', archivedMany_other: '{{count}} 个商品已下架。', restoredMany_one: '{{count}} 个商品已重新上架。', restoredMany_other: '{{count}} 个商品已重新上架。', notDone: '未完成：{{names}}', unchoose: '取消选择',
  },
  product: {
    new: '新建商品', unknown: '没有这个商品', unknownText: '链接可能不完整。', view: '在商城查看', save: '保存', saving: '正在保存……', saved: '“{{name}}”已保存。', unsaved: '有未保存的修改', upToDate: '已全部保存', discard: '放弃修改', leave: '有未保存的修改，确定离开吗？', version: '版本 {{version}}，更新于 {{date}}',
    texts: '文字', english: '英文', chinese: '中文', name: '名称', description: '描述', basics: '基本信息', slug: '地址', slugHint: '小写字母、数字和连字符：/products/……', brand: '品牌',
    categories: '分类', categoriesHint: '从根开始，各级用 > 分隔，填写英文；不存在的会自动创建。', category: '分类路径 {{n}}', categoryZh: '分类路径 {{n}} 的中文名', addCategory: '添加分类', attributes: '属性', attributesHint: '用于商城的筛选。', attribute: '属性', valueEn: '英文值', valueZh: '中文值', addAttribute: '添加属性',
    media: '图片', mediaHint: '以 /media/ 开头的地址，第一张是主图。', mediaUrl: '图片 {{n}} 的地址', altEn: '英文说明', altZh: '中文说明', addMedia: '添加图片', variants: '规格', variantsHint: '移除的规格会被归档，并保留其 SKU。', sku: 'SKU', price: '价格（{{currency}}）', compareAt: '原价（{{currency}}）', picture: '专属图片', initialStock: '初始库存', inStock: '库存', addVariant: '添加规格', addOption: '添加选项', optionName: '选项 {{n}} 的名称', options: '选项', option: '选项', noOptions: '该商品没有选项，只有一种规格。', remove: '移除', removeIt: '移除 {{name}}', up: '上移 {{name}}',
    problem: '请检查：{{field}}', amountWrong: '请输入价格，例如 12.50。', fix_one: '有 {{count}} 处需要修改', fix_other: '有 {{count}} 处需要修改', needName: '请至少填写一种语言的名称。', needSlug: '只能使用小写字母、数字和连字符。', needSku: '每个规格都需要 SKU。', needVariant: '至少需要一个规格。', needMedia: '地址须以 /media/ 开头。', needOption: '每个规格都需要填写所有选项的值。', stockWrong: '请输入不小于 0 的整数。', openStock: '{{sku}} 的库存',
  },
  conflict: {
    title: '在您编辑期间，其他人保存了此商品', text: '您的修改没有丢失。只有一方修改的内容会被保留；双方都修改的，请选择后再保存。', textNone: '你们修改的内容不同，双方的修改都会保留，请确认后保存。', field: '字段', mine: '我的', theirs: '对方的', before: '原来', keepMine: '保留我的', takeTheirs: '采用对方的', allMine: '全部用我的', allTheirs: '全部用对方的', onlyTheirs: '对方修改、已采用', empty: '空', done: '采用并继续编辑', choose: '请为每个字段选择',
  },
  stock: {
    show: '显示', all: '全部', low: '仅低库存', none: '这里没有内容', noneLow: '没有低库存', noneLowText: '所有规格都高于预警值。', noneText: '有了商品就会有库存。', one: '单个规格', showAll: '显示全部库存', item: '商品', onHand: '在库', available: '可售', held: '预留', threshold: '预警值', level: '状态', actions: '操作', adjust: '调整', gone: '目录中已不存在', movements: '变动', details: '{{name}} 的变动与预警值',
    out: '售罄', lowBadge: '偏低', fine: '充足', adjustTitle: '调整 {{name}} 的库存', way: '方式', byDelta: '增加或减少', setTo: '设为盘点数', delta: '增加的数量，减少用负数', counted: '盘点后的在库数量', reason: '原因', reasons: { RECEIVED: '入库', COUNTED: '盘点', WRITTEN_OFF: '报损', SOLD: '售出', RETURNED: '退回' }, otherReason: '其他原因', ownReason: '请填写', wrongNumber: '请输入整数。', preview: '调整后：在库 {{onHand}}，可售 {{available}}，预留 {{held}}',
    belowHeld: '有 {{held}} 件已为订单预留，不能低于此数。', save: '确认入账', done: '{{name}}：现有 {{onHand}} 件在库。', undone: '{{name}}：已撤销调整，在库 {{onHand}} 件。', undoReason: '撤销：{{reason}}', undoRefused: '无法撤销：{{message}}', thresholdLabel: '不高于此数即为低库存', thresholdSave: '保存预警值', thresholdDone: '预警值已设为 {{threshold}}。', movementsTitle: '{{name}} 的变动', noMovements: '还没有变动。', when: '时间', change: '变动', order: '订单',
  },
  people: {
    search: '搜索用户', searchHint: '姓名或邮箱', none: '没有找到用户', noneText: '没有符合这些关键词的用户。', name: '用户', roles: '角色', verified: '邮箱', yes: '已验证', no: '未验证', language: '语言', since: '注册时间', actions: '操作', edit: '修改角色', editTitle: '{{name}} 的角色', editText: '{{email}} 下次登录或刷新令牌后生效。', needOne: '至少需要一个角色。', save: '保存角色', done: '{{name}} 的角色已修改。', undone: '{{name}} 的角色已恢复。', undoRefused: '无法撤销：{{message}}', self: '这是您自己的角色：去掉“管理员”后将无法再打开此页。', orders: '{{name}} 的订单',
    explain: { customer: '在此购物', merchant: '商品、库存、订单', ops: '查看一切，让卡住的订单继续', partner: '合作方程序：读取库存', admin: '全部权限，包括角色' },
  },
  ledger: { title: '账簿', text: '每个账户的余额：借方减贷方。复式记账下，同一币种的余额合计为零。', account: '账户', currency: '币种', balance: '余额', sum: '{{currency}} 合计', balanced: '平衡', unbalanced: '不平衡', none: '账簿是空的', noneText: '第一笔付款会开启账簿。' },
};
